package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.test.AccessMatrix;
import dev.orderflow.edge.test.TestToken;
import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.loyalty.owner.CustomerReferences;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(PointsController.class)
@Import(PointsAccess.class)
class PointsAccessTests {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();
    private static final TestToken CUSTOMER = ISSUER.token().scopes("orders:read orders:write");
    private static final String PATH = "/api/points/customer-1";
    private static final PointsAccount.Key ACCOUNT = new PointsAccount.Key("demo", "~r");

    @Autowired
    MockMvcTester http;

    @Autowired
    AccessRules rules;

    @MockitoBean
    CustomerReferences references;

    @MockitoBean
    Statements statements;

    @MockitoBean
    Redemptions redemptions;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @BeforeEach
    void know() {
        given(references.of(any(), any())).willReturn(Optional.of(ACCOUNT.customer()));
        given(statements.find(any())).willReturn(Optional.empty());
        given(statements.entries(any(), any(), anyInt())).willReturn(new Page<>(List.of(), null));
        given(redemptions.redeem(any(), any(), anyLong()))
                .willReturn(new Redemption(UUID.randomUUID(), "demo", "~r", 5, 2, Instant.EPOCH));
    }

    @Test
    void eachOperationAnswersOnlyThoseWhoMayUseIt() {
        new AccessMatrix(
                        http,
                        ISSUER,
                        (method, path) -> rules.find(method, path).map(AccessRules.Operation::anyOf),
                        rules::isOfPlatformOnly)
                .assertComplete("loyalty-service");
    }

    @Test
    void theAccountIsOneOfTheCallersTenant() {
        assertThat(send(HttpMethod.GET, PATH, CUSTOMER.tenant("other"), "")).hasStatus(200);
        verify(statements).find(new PointsAccount.Key("other", "~r"));
    }

    @Test
    void whatOrderServiceDoesNotShowDoesNotExist() {
        given(references.of(any(), any())).willThrow(Refusal.notFound("customer_not_found", "There is none."));

        assertThat(send(HttpMethod.GET, PATH, CUSTOMER, "")).hasStatus(404);
        assertThat(send(HttpMethod.GET, PATH + "/entries", CUSTOMER, "")).hasStatus(404);
        assertThat(redeem("5")).hasStatus(404);
        verifyNoInteractions(statements, redemptions);
    }

    @Test
    void aCustomerBeforeItsFirstOrderHasNoPoints() {
        given(references.of(any(), any())).willReturn(Optional.empty());

        assertThat(send(HttpMethod.GET, PATH, CUSTOMER, ""))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("{\"customerId\": \"customer-1\", \"balance\": 0, \"debt\": 0}");
        assertThat(send(HttpMethod.GET, PATH + "/entries", CUSTOMER, ""))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("{\"items\": [], \"nextCursor\": null}");
        assertThat(redeem("5")).hasStatus(409);
        verifyNoInteractions(statements, redemptions);
    }

    @Test
    void aRedemptionNeedsAKeyAndPoints() {
        assertThat(redeem("5")).hasStatus(201);
        for (var points : new String[] {"0", "-1", "null", "1.5", "1000000000000001", "1e30"}) {
            assertThat(redeem(points)).as(points).hasStatus(400);
        }
        assertThat(http.post()
                        .uri(PATH + "/redemptions")
                        .header("Authorization", CUSTOMER.bearer())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"points\": 5}")
                        .exchange())
                .hasStatus(400);
    }

    @Test
    void aKeyIsOneOfTheCaller() {
        assertThat(redeem("5")).hasStatus(201);
        assertThat(send(
                        HttpMethod.POST,
                        PATH + "/redemptions",
                        CUSTOMER.scopes("orders:write orders:tenant"),
                        "{\"points\": 5}"))
                .hasStatus(201);

        var keys = ArgumentCaptor.forClass(RedemptionKey.class);
        verify(redemptions, times(2)).redeem(any(), keys.capture(), anyLong());
        assertThat(keys.getAllValues().getFirst().hash())
                .isNotEqualTo(keys.getAllValues().getLast().hash());
    }

    private MvcTestResult redeem(String points) {
        return send(HttpMethod.POST, PATH + "/redemptions", CUSTOMER, "{\"points\": " + points + "}");
    }

    private MvcTestResult send(HttpMethod method, String path, TestToken token, String body) {
        return http.method(method)
                .uri(path)
                .header("Authorization", token.bearer())
                .header("Idempotency-Key", "key")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
