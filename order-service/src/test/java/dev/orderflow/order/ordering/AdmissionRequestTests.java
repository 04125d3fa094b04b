package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.admission.OrderAdmission;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Orders are refused early or, however their address is written, by the controller; clients see the same. */
class AdmissionRequestTests extends OrderRequestScenario {

    @Test
    void anOrderIsRefusedBeforeItsBodyIsRead() {
        given(admission.refuses()).willReturn(true);
        given(admission.retryAfter()).willReturn(Duration.ofSeconds(2));

        assertThat(post("no JSON")).satisfies(problem(429, "overloaded")).hasHeader(HttpHeaders.RETRY_AFTER, "2");

        verify(admission, never()).admit(any());
        verifyNoInteractions(placement);
    }

    @Test
    void anOrderWithAnotherSpellingOfTheAddressIsRefusedByTheController() {
        given(admission.refuses()).willReturn(true);
        willThrow(Refusal.overloaded(OrderAdmission.DETAIL, Duration.ofSeconds(2)))
                .given(admission)
                .admit(any());

        assertThat(mvc.post()
                        .uri(URI.create("/%61pi/orders"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(VALID)
                        .exchange())
                .satisfies(problem(429, "overloaded"))
                .hasHeader(HttpHeaders.RETRY_AFTER, "2");

        verifyNoInteractions(placement);
    }

    @Test
    void ordersAreReadAndCancelledUnderOverload() {
        given(admission.refuses()).willReturn(true);

        assertThat(mvc.get().uri("/api/orders").exchange()).hasStatusOk();
    }
}
