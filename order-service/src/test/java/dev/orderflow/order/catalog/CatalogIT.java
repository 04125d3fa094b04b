package dev.orderflow.order.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.Money;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OrderServiceTest
class CatalogIT {

    @Autowired
    OrderClient client;

    @Autowired
    Catalog catalog;

    @Test
    void aProductIsAddedThenReplaced() {
        assertThat(client.putProduct("NEW", "1.00").status()).isEqualTo(201);
        assertThat(client.putProduct("NEW", "2.00").status()).isEqualTo(200);

        assertThat(client.get("/api/products/NEW").<String>get("$.unitPrice.amount"))
                .isEqualTo("2.00");
    }

    @Test
    void manyClientsMayPutTheSameProductAtOnce() {
        var puts = IntStream.range(1, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.putProduct("HOT", i + ".00"),
                        task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(puts)
                .map(CompletableFuture::join)
                .extracting(Answer::status)
                .containsOnlyOnce(201)
                .contains(200);
    }

    @Test
    void upperAndLowerCaseAreDifferentProducts() {
        client.putProduct("case", "1.00");
        client.putProduct("CASE", "2.00");

        assertThat(catalog.find(Set.of("case", "CASE")).values())
                .extracting(Product::unitPrice)
                .containsExactlyInAnyOrder(Money.of("1.00", "GBP"), Money.of("2.00", "GBP"));
    }

    @Test
    void pagesShowEachProductOnceBySku() {
        IntStream.range(0, 5).forEach(i -> client.putProduct("PAGED-" + i, "1.00"));
        client.putProduct("BANK%20CHARGES", "1.00");

        var skus = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = client.get("/api/products?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            skus.addAll(page.<List<String>>get("$.items[*].sku"));
            cursor = page.get("$.nextCursor");
        } while (cursor != null);

        assertThat(skus)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("BANK CHARGES", "PAGED-0", "PAGED-1", "PAGED-2", "PAGED-3", "PAGED-4");
    }
}
