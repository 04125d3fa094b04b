package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.test.AccessMatrix;
import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import dev.orderflow.shipping.owner.OrderOwners;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(ShipmentController.class)
@Import(ShipmentAccess.class)
class ShipmentAccessTests {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();
    private static final UUID ORDER = UUID.randomUUID();

    @Autowired
    MockMvcTester http;

    @Autowired
    AccessRules rules;

    @MockitoBean
    ShipmentRepository shipments;

    @MockitoBean
    OrderOwners owners;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @BeforeEach
    void dispatch() {
        given(shipments.find(any())).willReturn(Optional.empty());
        var parcel = new Parcel(ORDER, "trk_1", ParcelState.ACCEPTED);
        given(shipments.find(ORDER))
                .willReturn(Optional.of(Shipment.dispatched(parcel, "demo", EventContext.none(), Instant.EPOCH)));
    }

    @Test
    void eachOperationAnswersOnlyThoseWhoMayUseIt() {
        new AccessMatrix(
                        http,
                        ISSUER,
                        (method, path) -> rules.find(method, path).map(AccessRules.Operation::anyOf),
                        rules::isOfPlatformOnly)
                .assertComplete("shipping-service");
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 404"})
    void aCustomerSeesTheShipmentsOfItsOwnOrders(boolean own, int status) {
        given(owners.mayCallerSee(ORDER)).willReturn(own);

        assertThat(statusWith("demo", "orders:read")).isEqualTo(status);
        verify(owners).mayCallerSee(ORDER);
    }

    @ParameterizedTest
    @CsvSource({
        "demo, operator, 200",
        "demo, orders:read orders:tenant, 200",
        "other, operator, 404",
        "other, orders:read orders:tenant, 404",
        "other, orders:read, 404"
    })
    void othersSeeThoseOfTheirTenantAndOrderServiceIsNotAsked(String tenant, String scopes, int status) {
        assertThat(statusWith(tenant, scopes)).isEqualTo(status);
        verifyNoInteractions(owners);
    }

    private int statusWith(String tenant, String scopes) {
        var token = ISSUER.token().tenant(tenant).scopes(scopes).signed();
        return http.get()
                .uri("/api/shipments/" + ORDER)
                .header("Authorization", "Bearer " + token)
                .exchange()
                .getResponse()
                .getStatus();
    }
}
