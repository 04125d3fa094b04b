package dev.orderflow.inventory.stock;

import dev.orderflow.edge.test.OperationFuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@StockServiceTest
class StockFuzzIT {

    private static final String STATE = """
        SELECT concat_ws(' ',
               (SELECT md5(string_agg(i::text, '' ORDER BY sku)) FROM stock_item i),
               (SELECT count(*) FROM stock_adjustment))
        """;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void everyOperationAnswersWhateverItGets() {
        jdbc.sql("INSERT INTO stock_item (sku, available, reserved, sold, version) VALUES ('FUZZ', 1, 0, 0, 0)")
                .update();

        new OperationFuzz(
                        port,
                        () -> "",
                        () -> jdbc.sql(STATE).query(String.class).single())
                .assertRobust("inventory-service", Map.of("sku", "FUZZ", "type", "dev.orderflow.stock.reserved.v1"));
    }
}
