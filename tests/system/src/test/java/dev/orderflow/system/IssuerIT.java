package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.TokenEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the issuer of a suite as {@code ./demo} starts it. */
@SystemTest
class IssuerIT {

    private final RunningSuite suite;
    private final Shop shop;
    private final TokenEndpoint issuer;

    IssuerIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
        this.issuer = new TokenEndpoint(suite.topology().uri(Part.SANDBOX));
    }

    @ParameterizedTest
    @EnumSource
    void eachRoleOfTheCommandLineGetsAToken(Role role) {
        var token = issuer.token(role);

        assertThat(part(token, 1).path("client_id").asString()).isEqualTo(role.label());
        assertThat(part(token, 1).path("iss").asString())
                .isEqualTo("http://localhost:" + suite.topology().ports().of(Part.SANDBOX));
    }

    @Test
    void aKilledSandboxKeepsItsKey() {
        var before = part(issuer.token(Role.SHOP), 0).path("kid").asString();

        suite.kill(Part.SANDBOX);
        suite.start(Part.SANDBOX);

        assertThat(part(issuer.token(Role.SHOP), 0).path("kid").asString()).isEqualTo(before);
    }

    @Test
    void noLogAndNoProcessListingShowsTheTokensOfRequests() throws IOException {
        var token = shop.token().orElseGet(() -> issuer.token(Role.SHOP));

        shop.awaitFinal(shop.place(shop.newProduct(10), 1).orderId());

        for (var part : Part.values()) {
            assertThat(Files.readString(suite.topology().log(part))).doesNotContain(token);
        }
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().arguments().stream())
                        .flatMap(Arrays::stream))
                .noneMatch(argument -> argument.contains(token));
    }

    private static JsonNode part(String token, int number) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[number]));
    }
}
