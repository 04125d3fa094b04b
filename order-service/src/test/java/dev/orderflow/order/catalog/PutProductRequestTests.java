package dev.orderflow.order.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.events.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PutProductRequestTests {

    @Test
    void thePathNamesTheProduct() {
        assertThat(request(null, "2.5", "GBP").toProduct("LAMP"))
                .isEqualTo(new Product("LAMP", "Lamp", Money.of("2.50", "GBP")));
        assertThat(request("LAMP", "2.5", "GBP").toProduct("LAMP").sku()).isEqualTo("LAMP");
    }

    @Test
    void aBodyAboutAnotherProductIsRefused() {
        assertRefused(request("BOOK", "2.50", "GBP"), "sku_mismatch", "sku");
    }

    @ParameterizedTest
    @CsvSource({
        "0.00, GBP, unitPrice.amount",
        "1.50, JPY, unitPrice.amount",
        "1.00, XYZ, unitPrice.currency",
        "1.00, KWD, unitPrice.currency",
        "1.00, XAU, unitPrice.currency"
    })
    void aPriceThatCannotBePaidIsRefused(String amount, String currency, String field) {
        assertRefused(request(null, amount, currency), "invalid_price", field);
    }

    @Test
    void trailingZerosAreAccepted() {
        assertThat(request(null, "120.00", "JPY").toProduct("TEA").unitPrice()).isEqualTo(Money.of("120", "JPY"));
    }

    private static void assertRefused(PutProductRequest request, String code, String field) {
        assertThatThrownBy(() -> request.toProduct("LAMP"))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
                .extracting(refusal -> refusal.violations().getFirst().field())
                .isEqualTo(field);
    }

    private static PutProductRequest request(@Nullable String sku, String amount, String currency) {
        return new PutProductRequest(sku, "Lamp", new Price(amount, currency));
    }
}
