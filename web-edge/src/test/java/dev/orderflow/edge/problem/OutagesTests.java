package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutagesTests {

    @Test
    void aDatabaseThatCannotBeReachedIsAnOutage() {
        assertThat(Outages.isOutage(new DataAccessResourceFailureException("refused")))
                .isTrue();
        assertThat(Outages.isOutage(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(Outages.isOutage(new CannotAcquireLockException("deadlock"))).isTrue();
    }

    @Test
    void aConnectionThatBreaksWhileATransactionEndsIsAnOutage() {
        var broken = new RuntimeException("Unable to rollback", new SQLException("Connection is closed"));

        assertThat(Outages.isOutage(new UncategorizedDataAccessException("Unable to rollback", broken) {}))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"08006, true", "57P01, true", "53300, true", "55P03, true", "23505, false", "42601, false"})
    void theSqlStateOfTheDatabaseDecides(String state, boolean outage) {
        assertThat(Outages.isOutage(new IllegalStateException(new SQLException("said", state))))
                .isEqualTo(outage);
    }

    @Test
    void anInternalErrorIsNotAnOutage() {
        assertThat(Outages.isOutage(new IllegalStateException("bug"))).isFalse();
    }
}
