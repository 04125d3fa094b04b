package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.orderflow.notification.mail.SmtpMailer.Delivery;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MailEventHandlersTests {

    private final UUID order = UUID.randomUUID();
    private final MailRepository mails = mock();
    private final SmtpMailer mailer = mock();
    private final MailEventHandlers handlers = new MailEventHandlers(
            new MailProperties("orders@example.com", "example.com"),
            mails,
            new MailTemplates(),
            mailer,
            Clock.fixed(SampleEvents.AT, ZoneOffset.UTC));

    @Test
    void aMailIsRecordedOnlyAfterItWasSent() {
        when(mailer.send(any())).thenReturn(Delivery.ACCEPTED);

        var afterCall = handlers.tellCustomer(SampleEvents.paid(order, "17850"));

        var sent = ArgumentCaptor.forClass(OrderMail.class);
        verify(mailer).send(sent.capture());
        assertThat(sent.getValue().recipient()).isEqualTo(new EmailAddress("17850@example.com"));
        assertThat(sent.getValue().status()).isEqualTo(OrderStatus.PAID);
        verify(mails, never()).recordSent(any(), any());

        afterCall.apply();
        verify(mails).recordSent(sent.getValue(), SampleEvents.AT);
    }

    @Test
    void aMailThatWasSentBeforeIsNotSentAgain() {
        when(mails.isSettled(order, OrderStatus.PLACED)).thenReturn(true);

        handlers.tellCustomer(SampleEvents.placed(order, "17850")).apply();

        verifyNoInteractions(mailer);
        verify(mails, never()).recordSent(any(), any());
    }

    @Test
    void anInvalidAddressIsRecordedAndNotRetried(CapturedOutput output) {
        handlers.tellCustomer(SampleEvents.placed(order, "no address\r\nBcc: all@example.com"))
                .apply();

        verifyNoInteractions(mailer);
        verify(mails)
                .recordUndeliverable(order, OrderStatus.PLACED, UndeliverableReason.INVALID_ADDRESS, SampleEvents.AT);
        assertThat(output)
                .contains("mail=undeliverable orderId=" + order + " status=PLACED reason=INVALID_ADDRESS")
                .doesNotContain("no address", "Bcc");
    }

    @Test
    void aMissingMailboxIsRecordedAndNotRetried(CapturedOutput output) {
        when(mailer.send(any())).thenReturn(Delivery.NO_SUCH_MAILBOX);

        handlers.tellCustomer(SampleEvents.reserved(order, "nobody")).apply();

        verify(mails, never()).recordSent(any(), any());
        verify(mails)
                .recordUndeliverable(order, OrderStatus.RESERVED, UndeliverableReason.NO_SUCH_MAILBOX, SampleEvents.AT);
        assertThat(output).contains("reason=NO_SUCH_MAILBOX").doesNotContain("nobody");
    }

    @Test
    void aFailureToSendIsRetriedByTheStarter() {
        when(mailer.send(any())).thenThrow(new MailNotAcceptedException(new MessagingException("down")));

        assertThatExceptionOfType(MailNotAcceptedException.class)
                .isThrownBy(() -> handlers.tellCustomer(SampleEvents.paid(order, "17850")));
        verify(mails, never()).recordSent(any(), any());
    }
}
