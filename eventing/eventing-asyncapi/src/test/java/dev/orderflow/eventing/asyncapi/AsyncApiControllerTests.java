package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.asyncapi.sample.ParcelEvent;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class AsyncApiControllerTests {

    private final AtomicInteger created = new AtomicInteger();
    private final MockMvcTester mvc = MockMvcTester.of(new AsyncApiController(new AsyncApi(this::contract)));

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/vnd.aai.asyncapi+json"})
    void theDocumentIsServedAsJson(String type) {
        assertThat(mvc.get().uri("/asyncapi").header("Accept", type))
                .hasStatusOk()
                .hasContentType(type)
                .bodyJson()
                .extractingPath("$.asyncapi")
                .isEqualTo("3.0.0");
    }

    @Test
    void itIsCreatedOnce() {
        assertThat(created).hasValue(0);
        assertThat(mvc.get().uri("/asyncapi")).hasStatusOk();
        assertThat(mvc.get().uri("/asyncapi")).hasStatusOk();

        assertThat(created).hasValue(1);
    }

    private ServiceContract contract() {
        created.incrementAndGet();
        return new ServiceContract("parcels", "7", EventDescriptor.allOf(ParcelEvent.class), List.of(), null, false);
    }
}
