package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import dev.orderflow.order.admission.OrderAdmission;
import dev.orderflow.order.waiting.OrderWaits;
import dev.orderflow.order.web.OrderTurns;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The order resource with all behind it replaced, and how a request to it is made. */
@WebMvcTest(OrderController.class)
@Import(OrderTurns.class)
abstract class OrderRequestScenario {

    static final String VALID = """
        {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1}], "paymentMethod": "CARD"}
        """;

    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    OrderAdmission admission;

    @MockitoBean
    OrderPlacement placement;

    @MockitoBean
    OrderReader reader;

    @MockitoBean
    OrderWaits waits;

    @MockitoBean
    OrderCancellation cancellation;

    MvcTestResult post(String body) {
        return mvc.post()
                .uri("/api/orders")
                .contentType(APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    static Consumer<MvcTestResult> problem(int status, String code) {
        return result -> assertThat(result)
                .hasStatus(status)
                .hasContentType(APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying("$.status", value -> assertThat(value).isEqualTo(status))
                .hasPathSatisfying("$.code", value -> assertThat(value).isEqualTo(code));
    }
}
