package dev.orderflow.order.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** The outcome of an item whose transaction does not begin, fails, or commits without an answer. */
class GroupCommitTests {

    private final TransactionOperations transactions = mock();
    private final GroupWork<String, String, String> work = mock();
    private final GroupCommit<String, String, String> commits = new GroupCommit<>(
            work, new GroupTransactions(mock(JdbcClient.class, Answers.RETURNS_DEEP_STUBS), transactions, mock()));

    @BeforeEach
    void oneTenant() {
        when(work.tenant(any())).thenReturn("demo");
    }

    @Test
    void withoutAConnectionTheItemFailsAndIsNotRetried() {
        var away = new CannotCreateTransactionException("no connection");
        when(transactions.execute(any())).thenThrow(away);

        assertThatThrownBy(() -> commits.execute("lamp")).isSameAs(away);
        verify(transactions, times(1)).execute(any());
    }

    @Test
    void whileTheDatabaseIsUnavailableAnItemFailsAndTheNextOneBegins() {
        var away = new CannotCreateTransactionException("no connection");
        when(transactions.execute(any()))
                .thenThrow(new DataAccessResourceFailureException("the connection broke"))
                .thenThrow(away);

        assertThatThrownBy(() -> commits.execute("lamp")).isSameAs(away);
        verify(transactions, times(2)).execute(any());
        assertThatThrownBy(() -> commits.execute("lamp")).isSameAs(away);
        verify(transactions, times(3)).execute(any());
    }

    @Test
    void aRefusalIsTheItemsOwnAndItsTransactionIsNotRepeated() {
        carryOut();
        when(work.prepare(List.of("lamp"))).thenReturn("prices");
        when(work.perform("lamp", "prices")).thenThrow(Refusal.conflict("in_use", "Later."));

        assertThatThrownBy(() -> commits.execute("lamp")).isInstanceOf(Refusal.class);
        verify(transactions, times(1)).execute(any());
    }

    @Test
    void theWorkOnAGroupEndsAfterItsLastItem() {
        carryOut();
        when(work.prepare(List.of("lamp"))).thenReturn("prices");
        when(work.perform("lamp", "prices")).thenReturn("placed");

        assertThat(commits.execute("lamp")).isEqualTo("placed");
        var inOrder = inOrder(work);
        inOrder.verify(work).perform("lamp", "prices");
        inOrder.verify(work).finish("prices");
    }

    @Test
    void anItemThatIsCarriedOutAloneEndsTheWorkToo() {
        when(transactions.execute(any()))
                .thenThrow(new DataAccessResourceFailureException("the connection broke"))
                .thenAnswer(call -> run(call.getArgument(0)));
        when(work.find("lamp")).thenReturn(Optional.empty());
        when(work.prepare(List.of("lamp"))).thenReturn("prices");
        when(work.perform("lamp", "prices")).thenReturn("placed");

        assertThat(commits.execute("lamp")).isEqualTo("placed");
        verify(work).finish("prices");
    }

    @Test
    void anItemWhoseCommitWasNotConfirmedIsFoundAndNotPerformedAgain() {
        when(transactions.execute(any()))
                .thenThrow(new DataAccessResourceFailureException("the connection broke"))
                .thenAnswer(call -> run(call.getArgument(0)));
        when(work.find("lamp")).thenReturn(Optional.of("placed"));

        assertThat(commits.execute("lamp")).isEqualTo("placed");
        verify(work, times(0)).perform(any(), any());
    }

    @Test
    void anItemThatFailsAloneIsLookedUpAgain() {
        when(transactions.execute(any()))
                .thenThrow(new DataAccessResourceFailureException("the connection broke"))
                .thenThrow(new DataAccessResourceFailureException("once more"))
                .thenAnswer(call -> run(call.getArgument(0)));
        when(work.find("lamp")).thenReturn(Optional.of("placed"));

        assertThat(commits.execute("lamp")).isEqualTo("placed");
    }

    /** The first item holds its transaction until the others form a group, which one of their threads carries out. */
    @Test
    void eachItemOfAGroupIsCarriedOutInTheContextOfItsOwnRequest() {
        var items = List.of("a", "b", "c", "d", "e", "f");
        var carriedOutBy = new ConcurrentHashMap<String, Thread>();
        var begun = new CountDownLatch(3);
        var end = new CountDownLatch(1);
        when(transactions.execute(any())).thenAnswer(call -> {
            begun.countDown();
            end.await();
            return run(call.getArgument(0));
        });
        when(work.weight(any())).thenReturn(1);
        when(work.perform(any(), any())).thenAnswer(call -> {
            carriedOutBy.put(call.getArgument(0), Thread.currentThread());
            return EventContext.current().causationId() + " " + MDC.get("requestId");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = items.subList(0, 3).stream()
                    .map(item -> threads.submit(() -> inContext(item)))
                    .toList();
            await().until(() -> begun.getCount() == 0);
            var others = items.subList(3, 6).stream()
                    .map(item -> threads.submit(() -> inContext(item)))
                    .toList();
            await().until(() -> commits.waiting() == 3);
            end.countDown();

            assertThat(Stream.concat(first.stream(), others.stream()))
                    .map(Future::get)
                    .containsExactly("a a a", "b b b", "c c c", "d d d", "e e e", "f f f");
        }
        assertThat(carriedOutBy.get("d"))
                .as("the group's thread")
                .isSameAs(carriedOutBy.get("e"))
                .isSameAs(carriedOutBy.get("f"));
    }

    /** Returns the contexts in which the item was carried out, and what is left of its own. */
    private String inContext(String item) {
        var context = new EventContext(null, item, null, null, EventPriority.NORMAL, null, null, null);
        try (var _ = context.open();
                var _ = MDC.putCloseable("requestId", item)) {
            return commits.execute(item) + " " + MDC.get("requestId");
        }
    }

    private void carryOut() {
        when(transactions.execute(any())).thenAnswer(call -> run(call.getArgument(0)));
    }

    private static Object run(TransactionCallback<?> action) {
        return action.doInTransaction(new SimpleTransactionStatus());
    }
}
