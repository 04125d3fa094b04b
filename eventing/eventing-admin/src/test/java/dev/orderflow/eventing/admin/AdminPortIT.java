package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The operators' API over HTTP: complete on the management port, absent from the application's. */
@RealInfrastructure
@SpringBootTest(
        classes = {SampleApplication.class, AdminPortIT.Mappings.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "eventing.admin.enabled=true",
            "management.server.port=0",
            "spring.mvc.problemdetails.enabled=true"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminPortIT {

    private static final String ID = "01890000-0000-7000-8000-000000000000";

    @Autowired
    private Environment environment;

    @Autowired
    private Mappings mappings;

    record Call(HttpMethod method, String path) {}

    /** Collects the request mappings that each port serves, as Spring reports them. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Mappings implements ApplicationListener<ServletWebServerInitializedEvent> {

        private final Set<Call> ofManagement = new LinkedHashSet<>();
        private final Set<Call> ofApplication = new LinkedHashSet<>();

        @Override
        public void onApplicationEvent(ServletWebServerInitializedEvent event) {
            var context = event.getApplicationContext();
            var calls = "management".equals(context.getServerNamespace()) ? ofManagement : ofApplication;
            context.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                    .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                    .forEach(info -> info.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> info.getPatternValues()
                                    .forEach(path ->
                                            calls.add(new Call(method.asHttpMethod(), path.replace("{id}", ID))))));
        }
    }

    List<Call> calls() {
        return mappings.ofManagement.stream()
                .filter(call -> call.path().startsWith("/admin"))
                .toList();
    }

    @Test
    void theManagementPortHasAllMappings() {
        assertThat(calls())
                .extracting(Call::path)
                .contains(
                        "/admin/outbox",
                        "/admin/outbox/parked/release",
                        "/admin/dead-letters",
                        "/admin/dead-letters/replay",
                        "/admin/holds",
                        "/admin/audit",
                        "/admin/faults");
        assertThat(mappings.ofApplication).noneMatch(call -> call.path().startsWith("/admin"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theApplicationsPortAnswersNone(Call call) {
        exchange("local.server.port", call.method(), call.path(), "{}")
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theManagementPortAnswersAll(Call call) {
        exchange("local.management.port", call.method(), call.path(), "nonsense")
                .expectStatus()
                .value(status -> assertThat(status).isIn(200, 204, 400, 404))
                .expectBody(String.class)
                .value(body -> assertThat(String.valueOf(body)).doesNotContain("No static resource"));
    }

    @Test
    void refusalsAreProblemDetailsThatNameTheField() {
        exchange("local.management.port", HttpMethod.POST, "/admin/dead-letters/replay", "{\"all\":true,\"dryrun\":1}")
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_property")
                .jsonPath("$.errors[0].field")
                .isEqualTo("dryrun");
    }

    private RestTestClient.ResponseSpec exchange(String port, HttpMethod method, String path, String body) {
        return RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + environment.getRequiredProperty(port))
                .build()
                .method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
