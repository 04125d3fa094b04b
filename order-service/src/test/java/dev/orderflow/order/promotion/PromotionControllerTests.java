package dev.orderflow.order.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.http.MediaType.APPLICATION_JSON;

import dev.orderflow.order.admission.OrderAdmission;
import dev.orderflow.order.promotion.PromotionChanges.Put;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(PromotionController.class)
class PromotionControllerTests {

    private static final UUID ID = new UUID(0, 7);
    private static final String SPRING = """
        {"name": "Spring", "kind": "PERCENTAGE", "percentage": 12.5, "coupon": "SPRING-26",
         "minimumTotal": {"amount": "10", "currency": "GBP"}, "validFrom": "2026-03-01T00:00:00Z", "usageLimit": 3}
        """;

    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    PromotionTable table;

    @MockitoBean
    PromotionChanges changes;

    @MockitoBean
    OrderAdmission admission;

    @Test
    void aNewPromotionIsCreatedAndAnOldOneReplaced() {
        when(changes.put(eq(ID), any()))
                .thenAnswer(call -> new Put(new PromotionView(ID, 1, call.getArgument(1)), true))
                .thenAnswer(call -> new Put(new PromotionView(ID, 2, call.getArgument(1)), false));

        assertThat(put(SPRING))
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"id\": \"" + ID + "\", \"version\": 1, \"coupon\": \"SPRING-26\", \"percentage\": 12.5}");
        assertThat(put(SPRING))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"kind": "PERCENTAGE"}                                            | name
        {"name": "a\\u0007", "kind": "FREE_SHIPPING"}                     | name
        {"name": "a"}                                                     | kind
        {"name": "a", "kind": "PERCENTAGE", "percentage": 0}              | percentage
        {"name": "a", "kind": "PERCENTAGE", "percentage": 100.01}         | percentage
        {"name": "a", "kind": "PERCENTAGE", "percentage": 1.005}          | percentage
        {"name": "a", "kind": "PERCENTAGE", "percentage": 1e300000000}    | percentage
        {"name": "a", "kind": "AMOUNT_OFF", "amount": {"amount": "1"}}    | amount.currency
        {"name": "a", "kind": "BUY_N_GET_M", "sku": "../x"}               | sku
        {"name": "a", "kind": "BUY_N_GET_M", "buy": 0}                    | buy
        {"name": "a", "kind": "FREE_SHIPPING", "coupon": "two words"}     | coupon
        {"name": "a", "kind": "FREE_SHIPPING", "usageLimit": 0}           | usageLimit
        {"name": "a", "kind": "FREE_SHIPPING", "perCustomerLimit": -1}    | perCustomerLimit
        {"name": "a", "kind": "FREE_SHIPPING", "exclusionGroup": ""}      | exclusionGroup
        """)
    void anInvalidFieldIsNamed(String body, String field) {
        assertThat(put(body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .contains(field);
        verifyNoInteractions(changes);
    }

    @Test
    void theNextPageBeginsAfterTheLastPromotion() {
        when(table.list(new UUID(0, 0), 2)).thenReturn(List.of(view(1), view(2)));
        when(table.list(new UUID(0, 1), 2)).thenReturn(List.of(view(2)));

        var first = mvc.get().uri("/api/promotions?limit=1").exchange();
        assertThat(first).bodyJson().extractingPath("$.nextCursor").isEqualTo("AAAAAAAAAAAAAAAAAAAAAQ");
        assertThat(mvc.get().uri("/api/promotions?limit=1&cursor=AAAAAAAAAAAAAAAAAAAAAQ"))
                .bodyJson()
                .extractingPath("$.items[0].id")
                .isEqualTo(new UUID(0, 2).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "cursor=AAAA", "cursor=*"})
    void aWrongParameterIsRefused(String query) {
        assertThat(mvc.get().uri("/api/promotions?" + query)).hasStatus(400);
    }

    @Test
    void aPromotionThatDoesNotExistIsNotFound() {
        when(table.find(ID)).thenReturn(Optional.empty());
        doThrow(PromotionChanges.notFound(ID)).when(changes).remove(ID);

        assertThat(mvc.get().uri("/api/promotions/{id}", ID))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("promotion_not_found");
        assertThat(mvc.delete().uri("/api/promotions/{id}", ID)).hasStatus(404);
        assertThat(mvc.get().uri("/api/promotions/one")).hasStatus(400);
    }

    private static PromotionView view(int number) {
        return new PromotionView(new UUID(0, number), 1, Promotions.freeShippingTerms());
    }

    private MvcTestResult put(String body) {
        return mvc.put()
                .uri("/api/promotions/{id}", ID)
                .contentType(APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
