package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.notification.mail.SmtpMailer.Delivery;
import io.micrometer.observation.ObservationRegistry;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpMailerTests {

    private static final UUID ORDER = UUID.fromString("0198c5a0-0000-7000-8000-000000000001");

    private static final OrderMail MAIL = new OrderMail(
            ORDER,
            OrderStatus.PAID,
            new EmailAddress("17850@example.com"),
            null,
            new MailText(
                    "We have received your payment",
                    "Thank you for 15.30 \u00a3!\n--=_orderflow--\n.\n",
                    "<p>Thank you for 15.30 \u00a3!</p>"));

    private final GreenMail mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeEach
    void start() {
        mailServer.start();
    }

    @AfterEach
    void stop() {
        mailServer.stop();
    }

    /** The text contains what ends a part, and a message, if it is not encoded. */
    @Test
    void aMailIsPlainTextAndHtmlToOneRecipient() throws Exception {
        assertThat(mailer(mailServer.getSmtp().getPort()).send(MAIL)).isEqualTo(Delivery.ACCEPTED);

        var received = onlyMail();
        assertThat(received.getFrom()).extracting(Object::toString).containsExactly("orders@example.com");
        assertThat(received.getAllRecipients()).extracting(Object::toString).containsExactly("17850@example.com");
        assertThat(received.getSubject()).isEqualTo("We have received your payment");
        assertThat(received.getSentDate()).isEqualTo(SampleEvents.AT);
        var parts = MailParts.of(received);
        assertThat(parts.plain()).isEqualToNormalizingNewlines(MAIL.text().plain());
        assertThat(parts.html()).isEqualTo(MAIL.text().html());
    }

    /** Interrupts a call like the time limiter. The e-mail is larger than the operating system's send buffer. */
    @Test
    void anInterruptEndsACallToAServerThatDoesNotRead() throws Exception {
        var large = new OrderMail(
                ORDER,
                OrderStatus.PAID,
                MAIL.recipient(),
                null,
                new MailText("Large", "0123456789\n".repeat(3_000_000), "<p>Large</p>"));
        // The server is closed first. A thread that ignores the interrupt then fails the test instead of blocking it.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = new ScriptedSmtpServer(Map.of("DATA", ScriptedSmtpServer.DEAF))) {
            var mailer = mailer(server.port());
            var sending = threads.submit(() -> mailer.send(large));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> sending.get(2, TimeUnit.SECONDS));

            threads.shutdownNow();

            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aMailNamesItsOrderAndStatusForPrograms() throws Exception {
        mailer(mailServer.getSmtp().getPort()).send(MAIL);

        assertThat(onlyMail().getHeader("X-Order-Id")).containsExactly(ORDER.toString());
        assertThat(onlyMail().getHeader("X-Order-Status")).containsExactly("PAID");
        assertThat(onlyMail().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void aMailSentAgainHasTheSameMessageId() throws Exception {
        var mailer = mailer(mailServer.getSmtp().getPort());
        mailer.send(MAIL);
        mailer.send(MAIL);

        assertThat(mailServer.getReceivedMessages())
                .extracting(MimeMessage::getMessageID)
                .containsOnly("<" + ORDER + ".PAID@example.com>")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"550 5.1.1 no such user", "550 5.2.1 mailbox disabled", "550 no such user", "553 what mailbox?"})
    void aMissingMailboxIsAResultAndNotAFailure(String answer) throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of("RCPT", answer))) {
            assertThat(mailer(server.port()).send(MAIL)).isEqualTo(Delivery.NO_SUCH_MAILBOX);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.7.1 relaying denied",
        "RCPT, 554 5.7.1 relaying denied",
        "RCPT, 450 4.2.1 mailbox busy",
        "RCPT, 452 4.2.2 mailbox full",
        "MAIL, 550 5.1.8 sender rejected",
        "MAIL, 530 5.7.0 authentication required",
        "DATA, 451 try later",
        "., 554 5.6.0 content refused",
        "., 451 out of disk"
    })
    void anyOtherRefusalIsAFailure(String command, String answer) throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of(command, answer))) {
            var mailer = mailer(server.port());
            assertThatExceptionOfType(MailNotAcceptedException.class)
                    .isThrownBy(() -> mailer.send(MAIL))
                    .withMessage(("the SMTP server refused with " + answer).replaceAll(" [a-z ]+$", ""));
        }
    }

    @Test
    void aFailureNamesNoAddressAndIsOneLine() throws Exception {
        try (var server =
                new ScriptedSmtpServer(Map.of("RCPT", "450-4.2.1 <17850@example.com> is\r\n450 4.2.1 busy"))) {
            var mailer = mailer(server.port());
            assertThatExceptionOfType(MailNotAcceptedException.class)
                    .isThrownBy(() -> mailer.send(MAIL))
                    .withMessage("the SMTP server refused with 450 4.2.1")
                    .withNoCause()
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("17850"));
        }
    }

    @Test
    void aMailNeverShowsItsRecipient() {
        assertThat(MAIL.toString() + new SentMail(MAIL, "demo", SampleEvents.AT))
                .doesNotContain("17850");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "RCPT", "."})
    void aServerThatStopsAnsweringIsAFailure(String command) throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of(command, ScriptedSmtpServer.SILENCE))) {
            var mailer = mailer(server.port(), Duration.ofMillis(300));
            assertThatExceptionOfType(MailNotAcceptedException.class)
                    .isThrownBy(() -> mailer.send(MAIL))
                    .withMessageStartingWith("no answer from the SMTP server (");
        }
    }

    @Test
    void aConnectionServesManyMails() throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of())) {
            var mailer = mailer(server.port());
            mailer.send(MAIL);
            mailer.send(MAIL);

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.7.0 that is enough", ScriptedSmtpServer.HANG_UP})
    void afterAServerClosesAConnectionTheNextMailUsesANewOne(String answer) throws Exception {
        try (var server = ScriptedSmtpServer.answeringLater("MAIL", answer)) {
            var mailer = mailer(server.port());
            for (var mail = 0; mail < 3; mail++) {
                assertThat(mailer.send(MAIL)).isEqualTo(Delivery.ACCEPTED);
            }

            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatAlwaysClosesIsAFailure() throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of("MAIL", "421 4.3.2 closing"))) {
            var mailer = mailer(server.port());
            assertThatExceptionOfType(MailNotAcceptedException.class).isThrownBy(() -> mailer.send(MAIL));
        }
    }

    @Test
    void aConnectionOnWhichAMailFailedIsNotUsedAgain() throws Exception {
        try (var server = new ScriptedSmtpServer(Map.of("RCPT", "450 4.2.1 mailbox busy"))) {
            var mailer = mailer(server.port());
            for (var attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(MailNotAcceptedException.class).isThrownBy(() -> mailer.send(MAIL));
            }

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailure() {
        var port = mailServer.getSmtp().getPort();
        mailServer.stop();

        assertThatExceptionOfType(MailNotAcceptedException.class)
                .isThrownBy(() -> mailer(port).send(MAIL))
                .withMessageStartingWith("no answer from the SMTP server (");
    }

    private MimeMessage onlyMail() {
        assertThat(mailServer.getReceivedMessages()).hasSize(1);
        return mailServer.getReceivedMessages()[0];
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static SmtpMailer mailer(int port) {
        return mailer(port, Duration.ofMinutes(1));
    }

    /**
     * @param longestSilence short only where the server is silent on purpose: elsewhere a busy machine needs time to
     *                       answer
     */
    private static SmtpMailer mailer(int port, Duration longestSilence) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        sender.getJavaMailProperties()
                .putAll(Map.of(
                        "mail.smtp.timeout",
                        Long.toString(longestSilence.toMillis()),
                        "mail.smtp.quitwait",
                        "false",
                        "mail.smtp.localhost",
                        "test"));
        var properties = new MailProperties("orders@example.com", "example.com", 10, Duration.ofDays(90));
        return new SmtpMailer(
                sender, properties, Clock.fixed(SampleEvents.AT, ZoneOffset.UTC), ObservationRegistry.NOOP);
    }
}
