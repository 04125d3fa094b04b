package dev.orderflow.eventing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.SampleIT;
import dev.orderflow.eventing.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tests that no fault can be injected outside a demo. */
@SpringBootTest(
        classes = SampleApplication.class,
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class NoFaultSwitchesIT extends SampleIT {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Environment environment;

    @Test
    void thereIsNothingThatCouldBreakIt() {
        assertThat(context.getBeanProvider(InjectedFaults.class)).isEmpty();
        assertThat(context.getBeanProvider(StrayRecords.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "DELETE, ''",
        "DELETE, /01890000-0000-7000-8000-000000000000",
        "POST, /handlers",
        "POST, /poison",
        "POST, /redeliver"
    })
    void thereIsNoEndpoint(String method, String path) {
        RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port"))
                .build()
                .method(HttpMethod.valueOf(method))
                .uri("/admin/faults" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .exchange()
                .expectStatus()
                .isNotFound();
    }
}
