package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.local.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The servers that get a charge and the key: the configured provider, over TLS with its own name, and no other. */
class ProviderTransportTests {

    private static final UUID ORDER = UUID.fromString("0198a000-0000-7000-8000-000000000001");
    private static final String CAPTURED = "{\"reference\":\"pay_1\",\"outcome\":\"CAPTURED\"}";

    @TempDir
    private static Path folder;

    private static Authority trusted;

    @BeforeAll
    static void createAuthority() {
        trusted = Authority.create(folder.resolve("trusted"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsARefusalAndNotFollowed(int status) {
        try (var provider = new FakeProvider();
                var elsewhere = new FakeProvider()) {
            var target = elsewhere.url().resolve("/provider/payments");
            provider.follow(request -> new FakeProvider.Response(status, CAPTURED, target));

            assertThatExceptionOfType(ProviderRefusedException.class)
                    .isThrownBy(() -> charge(provider.url()))
                    .withMessageContaining(String.valueOf(status));

            assertThat(provider.requests()).hasSize(1);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aProviderWithItsOwnNameAndATrustedIssuerIsCharged() {
        try (var provider = new FakeProvider(certified(trusted), "127.0.0.1")) {
            assertThat(charge(provider.url())).isEqualTo(new ChargeAnswer.Captured("pay_" + ORDER));
            assertThat(provider.credentials()).containsExactly("Bearer key-1");
        }
    }

    /** The certificate names 127.0.0.1. */
    @Test
    void aProviderWithTheCertificateOfAnotherHostGetsNothing() {
        try (var provider = new FakeProvider(certified(trusted), "127.0.0.2")) {
            assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(() -> charge(provider.url()));
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void aProviderOfAnUnknownIssuerGetsNothing() {
        var unknown = Authority.create(folder.resolve("unknown"));
        try (var provider = new FakeProvider(certified(unknown), "127.0.0.1")) {
            assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(() -> charge(provider.url()));
            assertThat(provider.requests()).isEmpty();
        }
    }

    private static SSLContext certified(Authority issuer) {
        var issued = issuer.issue("provider");
        var details = PemSslStoreDetails.forCertificate(issued.chain()).withPrivateKey(issued.key());
        return SslBundle.of(new PemSslStoreBundle(details, null)).createSslContext();
    }

    private static ChargeAnswer charge(URI url) {
        var answers = new ChargeAnswer[1];
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SslAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        RestClientAutoConfiguration.class))
                .withUserConfiguration(PaymentProviderTests.Client.class)
                .withPropertyValues(
                        "payment.provider.url=" + url,
                        "payment.provider.api-key=key-1",
                        "payment.provider.ssl-bundle=provider",
                        "spring.ssl.bundle.pem.provider.truststore.certificate=file:" + trusted.certificate())
                .run(context -> answers[0] = context.getBean(PaymentProvider.class)
                        .charge(ORDER, Money.of("15.30", "GBP"), PaymentMethod.CARD, Optional.empty()));
        return answers[0];
    }
}
