package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.events.order.PaymentMethod;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Tests more concurrent customers than the service's memory and database connections are sized for. */
@SystemTest
class OverloadIT {

    private static final int CUSTOMERS = 2_000;

    private final Shop shop;

    OverloadIT(Shop shop) {
        this.shop = shop;
    }

    @Test
    void twoThousandOrdersAtOnceAreEachPlacedOrRefusedAndTheServiceSurvives() {
        var order = Shop.order(shop.newProduct(10_000), 1, PaymentMethod.CARD);

        try (var json = shop.calls()) {
            var answers = AtOnce.times(CUSTOMERS, () -> json.post(shop.orders(), order, null));

            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(201, 429)
                    .contains(201);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).allSatisfy(refused -> {
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.body()).contains("\"code\":\"overloaded\"");
            });
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 201)
                    .allSatisfy(accepted ->
                            shop.awaitFinal(json.read(accepted, Order.class).orderId()));
        }
        shop.awaitFinal(shop.place(order).orderId());
    }
}
