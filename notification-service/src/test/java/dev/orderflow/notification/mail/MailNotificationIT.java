package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;

import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.notification.recipient.Recipients;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class MailNotificationIT extends MailScenario {

    private final UUID order = UUID.randomUUID();
    private final String reference = CustomerReference.random().text();

    @Autowired
    Recipients recipients;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void letTheDatabaseWorkAgain() {
        reset(mails);
    }

    @Test
    void eachStatusChangeSendsOneMail() {
        CUSTOMERS.knows(reference, "jo@example.com");
        publish(SampleEvents.placed(order, reference));
        publish(SampleEvents.reserved(order, reference));
        publish(SampleEvents.unpaid(order, reference), SampleEvents.unpaid(order, reference));
        publish(SampleEvents.paid(order, reference));
        publish(SampleEvents.cancelled(order, reference, CancellationReason.CUSTOMER_REQUEST));

        awaitSettled(order, OrderStatus.CANCELLED);
        assertThat(statusesMailedFor(order)).containsExactly("PLACED", "RESERVED", "UNPAID", "PAID", "CANCELLED");
        assertThat(mails.ofOrder(order, "demo"))
                .allMatch(mail -> mail.outcome().equals("SENT") && reference.equals(mail.recipient()))
                .extracting(MailEntry::status)
                .containsExactly("PLACED", "RESERVED", "UNPAID", "PAID", "CANCELLED");
        assertThat(received(order)).extracting(mail -> header(mail, "To")).containsOnly("jo@example.com");
        assertThat(received(order)).extracting(MailParts::of).allSatisfy(parts -> {
            assertThat(parts.plain()).contains(order.toString());
            assertThat(parts.html()).startsWith("<!DOCTYPE html>").contains(order.toString());
        });
    }

    @Test
    void anEventFromBeforeThereWereReferencesNamesItsCustomer() {
        publish(SampleEvents.placed(order, "17850"));
        awaitSettled(order, OrderStatus.PLACED);

        assertThat(received(order)).extracting(mail -> header(mail, "To")).containsExactly("17850@example.com");
        assertThat(mails.ofOrder(order, "demo"))
                .extracting(MailEntry::recipient)
                .containsExactly((String) null);
    }

    @Test
    void anErasedCustomerGetsNoMail() {
        CUSTOMERS.knows(reference, "jo@example.com");
        publish(SampleEvents.placed(order, reference));
        awaitSettled(order, OrderStatus.PLACED);

        CUSTOMERS.forgets(reference);
        publish(new CustomerErased(reference, SampleEvents.AT));
        await().atMost(PATIENCE).until(() -> recipients.addressOf(reference).isEmpty());
        publish(SampleEvents.paid(order, reference));
        awaitSettled(order, OrderStatus.PAID);

        assertThat(statusesMailedFor(order)).containsExactly("PLACED");
        assertThat(mails.ofOrder(order, "demo")).extracting(MailEntry::outcome).containsExactly("SENT", "NO_ADDRESS");
    }

    /** The e-mails so far are those of the first tenant. */
    @ParameterizedTest
    @CsvSource({
        "demo, other, is one of tenant other",
        "demo, -, is no tenant's id",
        "other, demo, is one of tenant demo",
    })
    void anEventOfAnotherTenantIsADeadLetterAndSendsNoMail(String first, String second, String cause) {
        publishOf(first, SampleEvents.placed(order, "17850"));
        awaitSettled(order, OrderStatus.PLACED);

        publishOf(second, SampleEvents.paid(order, "17850"));

        assertThat(causeOfDeath()).contains(cause);
        assertThat(statusesMailedFor(order)).containsExactly("PLACED");
        assertThat(mails.ofOrder(order, first)).hasSize(1);
        assertThat(mails.ofOrder(order, second)).isEmpty();
    }

    @Test
    void anUndeliverableMailHasATenantToo() {
        publishOf("other", SampleEvents.placed(order, "no address"));
        awaitSettled(order, OrderStatus.PLACED);

        publish(SampleEvents.paid(order, "17850"));

        assertThat(causeOfDeath()).contains("is one of tenant demo");
        assertThat(mails.ofOrder(order, "other")).hasSize(1);
    }

    private String causeOfDeath() {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                                .param("key", order.toString())
                                .query(String.class)
                                .list(),
                        causes -> !causes.isEmpty())
                .getFirst();
    }

    @Test
    void aRedeliveredEventSendsNoSecondMail() {
        publish(SampleEvents.placed(order, "17850"));
        awaitSettled(order, OrderStatus.PLACED);

        redeliver(order);
        publishLaterEvent();

        assertThat(recordsOf(order)).hasSize(3);
        assertThat(statusesMailedFor(order)).containsExactly("PLACED", "CANCELLED");
    }

    @Test
    void aFactPublishedTwiceSendsOneMail() {
        publish(SampleEvents.placed(order, "17850"), SampleEvents.placed(order, "17850"));
        publish(SampleEvents.placed(order, "17850"));
        publishLaterEvent();

        assertThat(statusesMailedFor(order)).containsExactly("PLACED", "CANCELLED");
    }

    @Test
    void aMailIsNotSentAgainWhenItsTransactionFailsOnce() {
        doThrow(new DataIntegrityViolationException("simulated"))
                .doCallRealMethod()
                .when(mails)
                .recordSent(any(), any());

        publish(SampleEvents.placed(order, "17850"));
        publishLaterEvent();

        assertThat(statusesMailedFor(order)).containsExactly("PLACED", "CANCELLED");
    }

    /**
     * The transaction fails for as long as the starter keeps the answer. The state is then the same as after a crash.
     */
    @Test
    void aMailSentButNotRecordedIsSentAgainWithItsMessageId() {
        doThrow(new DataIntegrityViolationException("simulated"))
                .doThrow(new DataIntegrityViolationException("simulated"))
                .doCallRealMethod()
                .when(mails)
                .recordSent(argThat(mail -> mail.status() == OrderStatus.PLACED), any());

        publish(SampleEvents.placed(order, "17850"));
        publishLaterEvent();

        assertThat(statusesMailedFor(order)).containsExactly("PLACED", "PLACED", "CANCELLED");
        assertThat(received(order).subList(0, 2))
                .extracting(mail -> header(mail, "Message-ID"))
                .containsOnly("<" + order + ".PLACED@example.com>");
        assertThat(mails.ofOrder(order, "demo")).extracting(MailEntry::status).containsExactly("PLACED", "CANCELLED");
    }

    @Test
    void anInvalidAddressDelaysNothing() {
        publish(SampleEvents.placed(order, "no address\r\nBcc: all@example.com"));
        publishLaterEvent();

        assertThat(statusesMailedFor(order)).containsExactly("CANCELLED");
        assertThat(mails.ofOrder(order, "demo"))
                .extracting(MailEntry::outcome)
                .containsExactly("INVALID_ADDRESS", "SENT");
    }

    @Test
    void noTransactionIsOpenWhileAMailIsSent() {
        var openWhileAsking = new AtomicBoolean();
        doAnswer(call -> {
                    openWhileAsking.compareAndSet(false, TransactionSynchronizationManager.isActualTransactionActive());
                    return call.callRealMethod();
                })
                .when(mails)
                .isSettled(any(), any());

        publish(SampleEvents.placed(order, "17850"));
        awaitSettled(order, OrderStatus.PLACED);

        assertThat(openWhileAsking).isFalse();
    }

    /**
     * Publishes a later event and waits for its e-mail: the service has then handled all earlier events of the order.
     */
    private void publishLaterEvent() {
        publish(SampleEvents.cancelled(order, "17850", CancellationReason.CUSTOMER_REQUEST));
        awaitSettled(order, OrderStatus.CANCELLED);
        await().atMost(PATIENCE).until(() -> statusesMailedFor(order).contains("CANCELLED"));
    }
}
