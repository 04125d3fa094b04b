package dev.orderflow.inventory.stock;

import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.MediaTypeMatrix.Sample;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A request whose response format is not acceptable has no effect. */
@StockServiceTest
class StockMediaTypesIT {

    private static final String STATE = """
        SELECT concat_ws(' ',
               (SELECT md5(string_agg(i::text, '' ORDER BY sku)) FROM stock_item i),
               (SELECT count(*) FROM stock_adjustment), (SELECT count(*) FROM outbox))
        """;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private int available;

    @Test
    void allEndpointsSpeakJsonAndNothingChangesUnlessTheStatusIsASuccess() {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.inventory");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(
                Map.of(
                        "PUT /api/inventory/{sku}",
                        () -> new Sample(
                                URI.create("http://127.0.0.1:" + port + "/api/inventory/MATRIX"),
                                "{\"available\": " + available++ + "}")),
                () -> jdbc.sql(STATE).query(String.class).single());
    }
}
