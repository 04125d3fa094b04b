package dev.orderflow.bench.consume;

import dev.orderflow.bench.consume.StockEvent.Sold;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Changes the stock with one JDBC batch. */
@Component
@Profile("jdbc")
class JdbcStockEventHandlers {

    private final JdbcOperations jdbc;
    private final Handled handled;

    JdbcStockEventHandlers(JdbcOperations jdbc, Handled handled) {
        this.jdbc = jdbc;
        this.handled = handled;
    }

    @BeforeBatch
    void sell(List<Sold> batch) {
        jdbc.batchUpdate(HandwrittenLoop.SELL, batch, batch.size(), (statement, event) -> {
            statement.setInt(1, event.quantity());
            statement.setString(2, event.sku());
        });
    }

    @EventHandler
    void sold(Sold event) {
        handled.add();
    }
}
