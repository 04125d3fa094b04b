package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.orderflow.notification.mail.SmtpMailer.Delivery;
import dev.orderflow.notification.recipient.Recipients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MailEventHandlersTests {

    private static final String REFERENCE = "~0b0d3a52-3b9c-4c1e-9c0f-6a1d3b1f7f0e";

    private final UUID order = UUID.randomUUID();
    private final MailRepository mails = mock();
    private final SmtpMailer mailer = mock();
    private final Recipients recipients = mock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MailEventHandlers handlers = handlers();

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
    void aMailNamesThePointsThatItsOrderHasEarned() {
        when(mailer.send(any())).thenReturn(Delivery.ACCEPTED);
        when(mails.pointsOf(order, "demo")).thenReturn(15L);

        handlers.tellCustomer(SampleEvents.shipped(order, "17850"));

        var sent = ArgumentCaptor.forClass(OrderMail.class);
        verify(mailer).send(sent.capture());
        assertThat(sent.getValue().text().plain()).contains("You have earned 15 points");
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
    void aReferenceIsResolvedAndRecordedInsteadOfTheAddress() {
        when(recipients.addressOf(REFERENCE)).thenReturn(Optional.of("jo@example.com"));
        when(mailer.send(any())).thenReturn(Delivery.ACCEPTED);

        handlers.tellCustomer(SampleEvents.paid(order, REFERENCE)).apply();

        var sent = ArgumentCaptor.forClass(OrderMail.class);
        verify(mails).recordSent(sent.capture(), any());
        assertThat(sent.getValue().recipient()).isEqualTo(new EmailAddress("jo@example.com"));
        assertThat(sent.getValue().reference()).isEqualTo(REFERENCE);
    }

    @ParameterizedTest
    @CsvSource({", NO_ADDRESS", "peculiar address, INVALID_ADDRESS"})
    void withoutAValidAddressNothingIsSent(String address, UndeliverableReason reason, CapturedOutput output) {
        when(recipients.addressOf(REFERENCE)).thenReturn(Optional.ofNullable(address));

        handlers.tellCustomer(SampleEvents.paid(order, REFERENCE)).apply();

        verifyNoInteractions(mailer);
        verify(mails).recordUndeliverable(order, OrderStatus.PAID, reason, SampleEvents.AT);
        assertThat(output).contains("reason=" + reason).doesNotContain("peculiar", REFERENCE);
    }

    @Test
    void tooManyMailsToOneRecipientAreUndeliverable(CapturedOutput output) {
        when(mailer.send(any())).thenReturn(Delivery.ACCEPTED);
        handlers.tellCustomer(SampleEvents.placed(order, "17850")).apply();
        handlers.tellCustomer(SampleEvents.reserved(order, "17850")).apply();

        handlers.tellCustomer(SampleEvents.paid(order, "17850")).apply();

        verify(mailer, times(2)).send(any());
        verify(mails).recordUndeliverable(order, OrderStatus.PAID, UndeliverableReason.TOO_MANY, SampleEvents.AT);
        assertThat(output).contains("reason=TOO_MANY").doesNotContain("17850");
        assertThat(meters.get("notification.mails.undeliverable")
                        .tag("reason", "TOO_MANY")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** The limit of two e-mails counts those that were sent. */
    @Test
    void aFailureToSendDoesNotCountTowardsTheLimit() {
        when(mailer.send(any()))
                .thenThrow(new MailNotAcceptedException(new MessagingException("down")))
                .thenThrow(new MailNotAcceptedException(new MessagingException("down")))
                .thenReturn(Delivery.ACCEPTED);
        var event = SampleEvents.paid(order, "17850");
        for (var attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(MailNotAcceptedException.class).isThrownBy(() -> handlers.tellCustomer(event));
        }

        handlers.tellCustomer(event).apply();

        verify(mails).recordSent(any(), any());
    }

    @Test
    void aFailureToSendIsRetriedByTheStarter() {
        when(mailer.send(any())).thenThrow(new MailNotAcceptedException(new MessagingException("down")));

        assertThatExceptionOfType(MailNotAcceptedException.class)
                .isThrownBy(() -> handlers.tellCustomer(SampleEvents.paid(order, "17850")));
        verify(mails, never()).recordSent(any(), any());
    }

    /** Returns handlers that send two e-mails per recipient and hour. */
    private MailEventHandlers handlers() {
        var properties = new MailProperties("orders@example.com", "example.com", 2, Duration.ofDays(90));
        var clock = Clock.fixed(SampleEvents.AT, ZoneOffset.UTC);
        return new MailEventHandlers(
                new Mailboxes(properties, recipients),
                mails,
                new MailTemplates(),
                mailer,
                new RecipientLimit(properties, clock),
                clock,
                meters);
    }
}
