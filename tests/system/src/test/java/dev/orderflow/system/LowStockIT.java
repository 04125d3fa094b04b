package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.system.Sandbox.Mail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The route from the warehouse to the merchandiser's mailbox. */
@SystemTest
class LowStockIT {

    private static final String MERCHANDISER = "merchandiser@example.com";
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    LowStockIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    /** The threshold is 5. The second order finds the product low already. */
    @Test
    void theMerchandiserGetsOneMailWhenAProductBecomesLow() {
        var sku = shop.newProduct(6);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);

        Eventually.await()
                .during(QUIET)
                .untilAsserted(() -> assertThat(mailsAbout(sku))
                        .singleElement()
                        .satisfies(mail -> assertThat(mail.orderId()).isNull()));
        assertThat(routes()).contains("\"name\":\"low-stock\"").doesNotContain("\"published\":0");
    }

    private List<Mail> mailsAbout(String sku) {
        return sandbox.mails().stream()
                .filter(mail -> mail.to().equals(MERCHANDISER) && mail.subject().equals("Low stock of " + sku))
                .toList();
    }

    private String routes() {
        try (var json = suite.operator()) {
            return json.get(suite.topology().managementUri(Part.NOTIFICATION).resolve("/admin/routes"))
                    .body();
        }
    }
}
