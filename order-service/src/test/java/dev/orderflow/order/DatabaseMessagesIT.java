package dev.orderflow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The driver's messages are logged, and stored with dead letters. */
@OrderServiceTest
class DatabaseMessagesIT {

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void theMessageOfAFailedBatchShowsNoValues() {
        var rows = List.of(new Object[] {"a-peculiar-value", -1}, new Object[] {"a-peculiar-value", -2});

        assertThatThrownBy(() -> jdbc.batchUpdate(
                        "INSERT INTO product (sku, name, unit_price, currency) VALUES (?, 'x', ?, 'GBP')", rows))
                .satisfies(failure -> {
                    for (var cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("peculiar");
                    }
                });
    }
}
