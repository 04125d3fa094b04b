package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.test.AccessMatrix;
import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.hub.live.LiveStreamDouble;
import dev.orderflow.hub.query.EventQueries;
import dev.orderflow.hub.timeline.TimelineDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest
@Import({HubAccess.class, LiveStreamDouble.class, TimelineDouble.class})
class HubAccessTests {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();

    @Autowired
    MockMvcTester http;

    @Autowired
    AccessRules rules;

    @MockitoBean
    EventQueries queries;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @Test
    void eachOperationAnswersOnlyThoseWhoMayUseIt() {
        new AccessMatrix(
                        http,
                        ISSUER,
                        (method, path) -> rules.find(method, path).map(AccessRules.Operation::anyOf),
                        rules::isOfPlatformOnly)
                .assertComplete("event-hub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:read orders:write", "orders:read orders:write orders:tenant", "stock:write"})
    void customersShopsAndMerchandisersGetNothing(String scopes) {
        for (var path :
                new String[] {"/api/events", "/api/timelines/019a9999-0000-7000-8000-000000000001", "/api/stream"}) {
            assertThat(http.get()
                            .uri(path)
                            .header(
                                    "Authorization",
                                    ISSUER.token().scopes(scopes).bearer()))
                    .hasStatus(403);
        }
        verifyNoInteractions(queries);
    }
}
