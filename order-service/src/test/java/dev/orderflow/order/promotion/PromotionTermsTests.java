package dev.orderflow.order.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PromotionTermsTests {

    private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        "kind": "PERCENTAGE"                                                                                 | percentage
        "kind": "AMOUNT_OFF"                                                                                 | amount
        "kind": "BUY_N_GET_M"                                                                                | sku buy get
        "kind": "FREE_SHIPPING", "validFrom": "2026-01-01T00:00:00Z", "validTo": "2026-01-01T00:00:00Z"      | validTo
        "kind": "BUY_N_GET_M", "sku": "LAMP", "buy": 1, "get": 0                                             | get
        "kind": "FREE_SHIPPING", "validFrom": "1999-12-31T00:00:00Z"                                         | validFrom
        "kind": "FREE_SHIPPING", "validTo": "+10000-01-01T00:00:00Z"                                         | validTo
        "kind": "AMOUNT_OFF", "amount": {"amount": "0", "currency": "GBP"}                                   | amount.amount
        "kind": "FREE_SHIPPING", "minimumTotal": {"amount": "1.5", "currency": "JPY"}                        | minimumTotal.amount
        """)
    void whatContradictsItselfIsRefused(String terms, String fields) {
        assertThatThrownBy(() -> terms(terms).check())
                .asInstanceOf(type(Refusal.class))
                .extracting(refusal ->
                        refusal.violations().stream().map(Violation::field).toList())
                .isEqualTo(Arrays.asList(fields.split(" ")));
    }

    @Test
    void whatTheKindDoesNotNeedIsIgnored() {
        var terms = terms("""
            "kind": "AMOUNT_OFF", "amount": {"amount": "2.5", "currency": "GBP"}, "percentage": 3, "sku": "LAMP",
            "buy": 2, "get": 1
            """);

        assertThatCode(terms::check).doesNotThrowAnyException();
        var changed = terms.changed(new UUID(0, 1), 1, AT);
        assertThat(changed.amount()).isEqualTo(Money.of("2.50", "GBP"));
        assertThat(changed.percentage()).isNull();
        assertThat(changed.sku()).isNull();
        assertThat(changed.buy()).isNull();
        assertThat(changed.get()).isNull();
        assertThat(changed.priority()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1e1, 10", "12.500, 12.5", "100, 100", "0.01, 0.01"})
    void aPercentageHasNoExponentAndNoSuperfluousZeros(String given, String announced) {
        var changed =
                terms("\"kind\": \"PERCENTAGE\", \"percentage\": " + given).changed(new UUID(0, 1), 1, AT);

        assertThat(changed.percentage()).asString().isEqualTo(announced);
    }

    private static PromotionTerms terms(String fields) {
        return JSON.readValue("{\"name\": \"rule\", " + fields + "}", PromotionTerms.class);
    }
}
