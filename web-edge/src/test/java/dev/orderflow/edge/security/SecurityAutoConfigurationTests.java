package dev.orderflow.edge.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.edge.test.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.io.ClassPathResource;

class SecurityAutoConfigurationTests {

    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class))
            .withBean(TenantLimits.class, TenantLimits::none);

    @Test
    void withoutSecurityNothingIsFiltered() {
        service.withPropertyValues("edge.security.enabled=false").run(context -> {
            assertThat(context.getBean(FilterRegistrationBean.class).isEnabled())
                    .isFalse();
            var access = context.getBean(AccessControl.class);
            assertThat(access.isOn()).isFalse();
            assertThat(access.caller().actsForAnyCustomer()).isTrue();
        });
    }

    @Test
    void withoutSecurityEverybodyMayDoEverything() {
        try (var server = SecuredServer.start()) {
            var answer = server.get("/api/undeclared");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKeys("x-frame-options", "cache-control", "set-cookie");
            assertThat(server.get("/api/me").body()).isEqualTo(" of demo, events of null, audited as nobody");
            assertThat(server.get("/login").statusCode()).isEqualTo(404);
            assertThat(server.post("/api/things", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.manage("/actuator/env").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutAnIssuerAServiceDoesNotStart() {
        for (var issuer : new String[] {JWT + "audiences=orderflow", JWT + "issuer-uri=", JWT + "issuer-uri=  "}) {
            service.withPropertyValues(issuer)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOfSatisfying(
                                    InvalidConfigurationPropertyValueException.class,
                                    failure -> assertThat(failure.getReason())
                                            .contains("edge.security.enabled=false serves requests without tokens")));
        }
    }

    @Test
    void withAnIssuerEachRequestIsFiltered() {
        service.withPropertyValues(TokenIssuer.shared().properties()).run(context -> {
            assertThat(context.getBean(FilterRegistrationBean.class).isEnabled())
                    .isTrue();
            assertThat(context.getBean(AccessControl.class).isOn()).isTrue();
        });
    }

    @Test
    void itBacksOff() {
        var own = new AccessControl(AccessRules.builder().build(), null, "platform", TenantLimits.none());

        service.withBean(AccessControl.class, () -> own)
                .run(context -> assertThat(context.getBean(AccessControl.class)).isSameAs(own));
    }

    @Test
    void aKeySetNeedsTheNameOfItsIssuer() {
        service.withPropertyValues(JWT + "jwk-set-uri=http://127.0.0.1:1/keys")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(JWT + "issuer-uri"));
    }

    @Test
    void aPublicKeyMayReplaceTheKeySet(@TempDir Path folder) throws IOException {
        var issuer = TokenIssuer.shared();
        var pem = Files.writeString(folder.resolve("key.pem"), issuer.publicKeyPem());

        try (var server = SecuredServer.start(
                "edge.security.enabled=true",
                JWT + "issuer-uri=" + issuer.uri(),
                JWT + "public-key-location=" + pem.toUri())) {
            assertThat(server.statusFor(issuer.token().signed())).isEqualTo(200);
            assertThat(server.statusFor(issuer.token().signedWithPublicKey())).isEqualTo(401);
            assertThat(server.statusFor(issuer.token().unsigned())).isEqualTo(401);
        }
    }

    @Test
    void aFileThatIsNoPublicKeyIsNamed(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), "nothing");

        service.withPropertyValues(JWT + "issuer-uri=https://example.com", JWT + "public-key-location=" + file.toUri())
                .run(context -> assertThat(context).getFailure().hasMessageContaining("public-key-location"));
    }

    @Test
    void thePageOfTheApiMayRunItsScript() throws Exception {
        var page = new ClassPathResource("dev/orderflow/edge/openapi/swagger-ui.html").getContentAsString(UTF_8);
        var scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .toList();

        assertThat(scripts).hasSize(1);
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(scripts.getFirst().group(1).getBytes(UTF_8));
        assertThat(AnswerHeaders.PAGE_SCRIPT)
                .isEqualTo("sha256-" + Base64.getEncoder().encodeToString(digest));
        try (var server = SecuredServer.of(TokenIssuer.shared())) {
            assertThat(server.get("/swagger-ui.html").headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains(AnswerHeaders.PAGE_SCRIPT);
            assertThat(server.get("/v3/api-docs").statusCode()).isIn(200, 404);
        }
    }
}
