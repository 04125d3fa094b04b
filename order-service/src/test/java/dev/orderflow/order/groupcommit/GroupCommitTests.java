package dev.orderflow.order.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.edge.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
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
            work, new GroupTransactions(mock(JdbcClient.class, Answers.RETURNS_DEEP_STUBS), transactions));

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

    private void carryOut() {
        when(transactions.execute(any())).thenAnswer(call -> run(call.getArgument(0)));
    }

    private static Object run(TransactionCallback<?> action) {
        return action.doInTransaction(new SimpleTransactionStatus());
    }
}
