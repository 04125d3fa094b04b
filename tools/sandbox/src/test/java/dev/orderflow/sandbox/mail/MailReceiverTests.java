package dev.orderflow.sandbox.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.sandbox.SandboxProperties;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;

class MailReceiverTests {

    @TempDir
    Path data;

    private Mailbox mailbox;

    @BeforeEach
    void open() {
        mailbox = new Mailbox(new SandboxProperties(data, "127.0.0.1", 0));
    }

    @AfterEach
    void close() throws IOException {
        mailbox.close();
    }

    @Test
    void aMailToSeveralIsKeptOnceForEach() throws Exception {
        receiver("ann@example.com", "bob@example.com").data(mail("Subject: Hello\r\n\r\nHello.\r\n"));

        assertThat(mailbox.list(10, 0).items())
                .extracting(Mail::to)
                .containsExactly("ann@example.com", "bob@example.com");
    }

    @Test
    void headersAreUnfoldedAndTheirNamesAreOfAnyCase() throws Exception {
        receiver("ann@example.com").data(mail("""
                SUBJECT: =?UTF-8?Q?Your_order_=E2=80=93?=\r
                 =?UTF-8?Q?_paid?=\r
                x-order-id:\r
                 4711\r
                X-Order-Id: 4712\r
                \r
                X-Order-Status: PAID\r
                """));

        assertThat(mailbox.list(10, 0).items())
                .containsExactly(new Mail("ann@example.com", "Your order – paid", "4711", null, null));
    }

    @Test
    void headersOfPartsAreNotThoseOfTheMail() throws Exception {
        receiver("ann@example.com").data(mail("""
                Subject: Paid\r
                X-Order-Id: 4711\r
                Content-Type: multipart/alternative; boundary="=_parts"\r
                \r
                --=_parts\r
                Content-Type: text/plain\r
                X-Order-Id: 4712\r
                X-Order-Status: PAID\r
                \r
                Paid.\r
                --=_parts\r
                Content-Type: text/html\r
                Message-ID: <4712.PAID@shop.example>\r
                \r
                <p>Paid.</p>\r
                --=_parts--\r
                """));

        assertThat(mailbox.list(10, 0).items())
                .containsExactly(new Mail("ann@example.com", "Paid", "4711", null, null));
    }

    @Test
    void aMailThatIsCutOffIsNotKept() {
        var cut = new SequenceInputStream(mail("Subject: Hello\r\n\r\nHel"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("the sender is gone");
            }
        });

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> receiver("ann@example.com").data(cut));
        assertThat(mailbox.list(10, 0).items()).isEmpty();
    }

    @Test
    void aMailThatCannotBeRecordedIsToBeSentAgain() throws IOException {
        mailbox.close();

        assertThatExceptionOfType(RejectException.class)
                .isThrownBy(() -> receiver("ann@example.com").data(mail("Subject: Hello\r\n\r\nHello.\r\n")))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(451));
    }

    @Test
    void aMailOfTooManyHeadersIsRefusedForGood() {
        assertRefused(554, "X-Flood: yes\r\n".repeat(2_000) + "\r\nHello.\r\n");
    }

    @Test
    void aMailOfATooLongHeaderIsRefusedForGood() {
        assertRefused(554, "Subject: " + "x".repeat(5_000) + "\r\n\r\nHello.\r\n");
    }

    @Test
    void aMailOfTooManyBytesIsRefusedForGood() {
        assertRefused(552, "Subject: Hello\r\n\r\n" + "Hello.\r\n".repeat(MailReceiver.MOST_BYTES / 4));
    }

    @Test
    void aHeaderAsLongAsALineMayBeIsCutOff() throws Exception {
        receiver("ann@example.com").data(mail("Subject: " + "x".repeat(998 - 9) + "\r\n\r\nHello.\r\n"));

        assertThat(mailbox.list(10, 0).items())
                .singleElement()
                .extracting(Mail::subject)
                .isEqualTo("x".repeat(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ann", "@example.com", "ann@", "ann smith@example.com"})
    void anInvalidMailboxIsRefused(String recipient) {
        assertThatExceptionOfType(RejectException.class)
                .isThrownBy(() -> new MailReceiver(mailbox).recipient(recipient))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(553));
    }

    private void assertRefused(int code, String text) {
        assertThatExceptionOfType(RejectException.class)
                .isThrownBy(() -> receiver("ann@example.com").data(mail(text)))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(code));
        assertThat(mailbox.list(10, 0).items()).isEmpty();
    }

    private MailReceiver receiver(String... recipients) throws RejectException {
        var receiver = new MailReceiver(mailbox);
        for (var recipient : recipients) {
            receiver.recipient(recipient);
        }
        return receiver;
    }

    private static InputStream mail(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }
}
