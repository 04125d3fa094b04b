package dev.orderflow.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.test.web.servlet.client.RestTestClient;

class MailSinkTests {

    @TempDir
    Path data;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(data);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aMailIsListedWithTheHeadersThatNameItsOrder() throws MessagingException {
        var sender = sandbox.mailSender();
        var mail = mail(sender, "ann@example.com", "Your order is paid – thank you ✓");
        mail.setHeader("X-Order-Id", "4711");
        mail.setHeader("X-Order-Status", "PAID");
        sender.send(mail);

        listed("")
                .jsonPath("$.total")
                .isEqualTo(1)
                .jsonPath("$.items[0].to")
                .isEqualTo("ann@example.com")
                .jsonPath("$.items[0].subject")
                .isEqualTo("Your order is paid – thank you ✓")
                .jsonPath("$.items[0].orderId")
                .isEqualTo("4711")
                .jsonPath("$.items[0].status")
                .isEqualTo("PAID");
    }

    @Test
    void aMailOfTextAndHtmlIsListedLikeOthers() throws MessagingException {
        var sender = sandbox.mailSender();
        var mail = sender.createMimeMessage();
        var parts = new MimeMessageHelper(mail, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, "UTF-8");
        parts.setFrom("shop@example.com");
        parts.setTo("ann@example.com");
        parts.setSubject("Your order is paid – thank you ✓");
        parts.setText("Paid.", "<p>Paid.</p>");
        mail.setHeader("X-Order-Id", "4711");
        mail.setHeader("X-Order-Status", "PAID");
        sender.send(mail);

        listed("")
                .jsonPath("$.total")
                .isEqualTo(1)
                .jsonPath("$.items[0].subject")
                .isEqualTo("Your order is paid – thank you ✓")
                .jsonPath("$.items[0].orderId")
                .isEqualTo("4711")
                .jsonPath("$.items[0].status")
                .isEqualTo("PAID");
    }

    @Test
    void aMailWithoutThoseHeadersIsListedToo() throws MessagingException {
        var sender = sandbox.mailSender();
        sender.send(mail(sender, "ann@example.com", "Hello"));

        listed("")
                .jsonPath("$.items[0].subject")
                .isEqualTo("Hello")
                .jsonPath("$.items[0].orderId")
                .isEqualTo(null);
    }

    @Test
    void anAcceptedMailIsInTheFileSoThatAKillCannotLoseIt() throws Exception {
        var sender = sandbox.mailSender();
        sender.send(mail(sender, "ann@example.com", "Kept"));

        assertThat(Files.readString(data.resolve("mails.jsonl")))
                .contains("\"subject\":\"Kept\"")
                .endsWith("\n");
    }

    @Test
    void mailsAreThereAfterARestart() throws MessagingException {
        var sender = sandbox.mailSender();
        sender.send(mail(sender, "ann@example.com", "Before"));
        sandbox.close();
        sandbox = Sandbox.start(data);
        var senderAfter = sandbox.mailSender();
        senderAfter.send(mail(senderAfter, "ann@example.com", "After"));

        listed("")
                .jsonPath("$.total")
                .isEqualTo(2)
                .jsonPath("$.items[0].subject")
                .isEqualTo("Before")
                .jsonPath("$.items[1].subject")
                .isEqualTo("After");
    }

    @Test
    void aMailThatComesAgainIsShownOnceAndKeptApartAlsoAfterARestart() throws MessagingException {
        var sender = sandbox.mailSender();
        var mail = withMessageId(sender, "<4711.PAID@shop.example>");
        sender.send(mail, mail);
        sandbox.close();
        sandbox = Sandbox.start(data);
        sandbox.mailSender().send(withMessageId(sandbox.mailSender(), "<4711.PAID@shop.example>"));
        sandbox.mailSender().send(withMessageId(sandbox.mailSender(), "<4712.PAID@shop.example>"));

        listed("").jsonPath("$.total").isEqualTo(2);
        listed("/repeated")
                .jsonPath("$.total")
                .isEqualTo(2)
                .jsonPath("$.items[1].messageId")
                .isEqualTo("<4711.PAID@shop.example>");
    }

    @Test
    void manyMailsAreListedInPages() {
        var sender = sandbox.mailSender();
        sender.send(IntStream.range(0, 500)
                .mapToObj(n -> mail(sender, "c" + n + "@example.com", "Mail " + n))
                .toArray(MimeMessage[]::new));

        listed("?limit=2&offset=498")
                .jsonPath("$.total")
                .isEqualTo(500)
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[1].subject")
                .isEqualTo("Mail 499");
    }

    /** Returns a message with an id of its own, which {@code saveChanges} would otherwise replace. */
    private static MimeMessage withMessageId(JavaMailSender sender, String messageId) {
        var mail = mail(sender, "ann@example.com", "Your order is paid");
        try {
            mail.saveChanges();
            mail.setHeader("Message-ID", messageId);
            return mail;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private RestTestClient.BodyContentSpec listed(String query) {
        return sandbox.http()
                .get()
                .uri("/sandbox/mails" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static MimeMessage mail(JavaMailSender sender, String to, String subject) {
        try {
            var mail = new MimeMessageHelper(sender.createMimeMessage(), "UTF-8");
            mail.setFrom("shop@example.com");
            mail.setTo(to);
            mail.setSubject(subject);
            mail.setText("Hello.");
            return mail.getMimeMessage();
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
