package dev.orderflow.order.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.http.MediaType.APPLICATION_JSON;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.events.Money;
import dev.orderflow.order.admission.OrderAdmission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ProductController.class)
class ProductControllerTests {

    private static final Product LAMP = new Product("LAMP", "Lamp", Money.of("2.55", "GBP"));
    private static final String LAMP_JSON = """
            {"sku": "LAMP", "name": "Lamp", "unitPrice": {"amount": "2.55", "currency": "GBP"}}
            """;

    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    Catalog catalog;

    @MockitoBean
    OrderAdmission admission;

    @Test
    void aNewProductIsCreatedAndAnOldOneReplaced() {
        when(catalog.put(LAMP)).thenReturn(true, false);

        assertThat(put("LAMP", LAMP_JSON)).hasStatus(201).bodyJson().isStrictlyEqualTo(LAMP_JSON);
        assertThat(put("LAMP", LAMP_JSON)).hasStatus(200).bodyJson().isStrictlyEqualTo(LAMP_JSON);
    }

    @Test
    void aSkuMayContainABlank() {
        var body = "{\"name\": \"Fee\", \"unitPrice\": {\"amount\": \"1\", \"currency\": \"GBP\"}}";

        assertThat(put("BANK CHARGES", body)).hasStatus2xxSuccessful();

        verify(catalog).put(new Product("BANK CHARGES", "Fee", Money.of("1.00", "GBP")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            LAMP | {}                                                                          | name
            LAMP | {"name": "a\\u0007"}                                                        | name
            LAMP | {"name": "Lamp"}                                                            | unitPrice
            LAMP | {"name": "Lamp", "unitPrice": {"currency": "GBP"}}                          | unitPrice.amount
            LAMP | {"name": "Lamp", "unitPrice": {"amount": "-1", "currency": "GBP"}}          | unitPrice.amount
            LAMP | {"name": "Lamp", "unitPrice": {"amount": "1e9", "currency": "GBP"}}         | unitPrice.amount
            LAMP | {"name": "Lamp", "unitPrice": {"amount": "1.999", "currency": "GBP"}}       | unitPrice.amount
            LAMP | {"name": "Lamp", "unitPrice": {"amount": "10000000000", "currency": "GBP"}} | unitPrice.amount
            LAMP | {"name": "Lamp", "unitPrice": {"amount": "1", "currency": "pounds"}}        | unitPrice.currency
            -x   | {"name": "Lamp", "unitPrice": {"amount": "1", "currency": "GBP"}}           | sku
            """)
    void anInvalidFieldIsNamed(String sku, String body, String field) {
        assertThat(put(sku, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .contains(field);
        verifyNoInteractions(catalog);
    }

    @Test
    void aPriceThatCannotBePaidIsRefused() {
        assertThat(put("LAMP", "{\"name\": \"Lamp\", \"unitPrice\": {\"amount\": \"1.5\", \"currency\": \"JPY\"}}"))
                .hasStatus(422)
                .bodyJson()
                .hasPathSatisfying("$.code", code -> assertThat(code).isEqualTo("invalid_price"))
                .hasPathSatisfying(
                        "$.errors[0].field", field -> assertThat(field).isEqualTo("unitPrice.amount"));
    }

    @Test
    void theNextPageBeginsAfterTheLastProduct() {
        var token = CursorToken.encode("LAMP".getBytes(StandardCharsets.UTF_8));
        when(catalog.list(null, 2)).thenReturn(List.of(LAMP, LAMP));
        when(catalog.list("LAMP", 2)).thenReturn(List.of());

        assertThat(mvc.get().uri("/api/products?limit=1"))
                .bodyJson()
                .extractingPath("$.nextCursor")
                .isEqualTo(token);
        assertThat(mvc.get().uri("/api/products?limit=1&cursor=" + token))
                .bodyJson()
                .isStrictlyEqualTo("{\"items\": [], \"nextCursor\": null}");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=201, limit", "cursor=AAAA, cursor", "cursor=*, cursor"})
    void aParameterThatIsWrongIsNamed(String query, String parameter) {
        assertThat(mvc.get().uri("/api/products?" + query))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(parameter);
    }

    @Test
    void anUnknownProductIsNotFound() {
        when(catalog.find(any(String.class))).thenReturn(Optional.empty());

        assertThat(mvc.get().uri("/api/products/NONE"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("product_not_found");
    }

    private MvcTestResult put(String sku, String body) {
        return mvc.put()
                .uri("/api/products/{sku}", sku)
                .contentType(APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
