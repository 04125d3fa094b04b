package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

class DatabaseOutageTests {

    @Test
    void aDatabaseThatIsAwayIsAnOutage() {
        assertThat(DatabaseOutage.isCauseOf(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(DatabaseOutage.isCauseOf(
                        new TransactionSystemException("commit", new SQLException("connection lost", "08006"))))
                .isTrue();
        assertThat(DatabaseOutage.isCauseOf(
                        new TransactionSystemException("commit", new SQLException("terminating connection", "57P01"))))
                .isTrue();
    }

    @Test
    void aConnectionThatThePoolHasClosedIsAnOutage() {
        assertThat(DatabaseOutage.isCauseOf(
                        new TransactionSystemException("rollback", new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void aBadEventIsNot() {
        assertThat(DatabaseOutage.isCauseOf(new IllegalStateException("handler")))
                .isFalse();
        assertThat(DatabaseOutage.isCauseOf(
                        new TransactionSystemException("commit", new IllegalArgumentException("an entity is invalid"))))
                .isFalse();
        assertThat(DatabaseOutage.isCauseOf(
                        new DataIntegrityViolationException("twice", new SQLException("duplicate key", "23505"))))
                .isFalse();
    }

    @Test
    void aTimeLimitOfSpringIsAnOutageAndPerhapsTheEvent() {
        assertThat(DatabaseOutage.isCauseOf(new TransactionTimedOutException("deadline")))
                .isTrue();
        assertThat(DatabaseOutage.isPerhapsTheEvent(new QueryTimeoutException("query")))
                .isTrue();
    }

    @Test
    void causesThatGoRoundInACircleComeToAnEnd() {
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));

        assertThat(DatabaseOutage.isCauseOf(one)).isFalse();
    }
}
