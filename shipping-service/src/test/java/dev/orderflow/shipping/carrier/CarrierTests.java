package dev.orderflow.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class CarrierTests {

    private static final UUID ORDER = UUID.fromString("0198a000-0000-7000-8000-000000000001");

    private final FakeCarrier server = new FakeCarrier();

    @Configuration
    @EnableConfigurationProperties(CarrierProperties.class)
    @Import(CarrierConfiguration.class)
    static class Client {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aParcelIsShippedReleasedTrackedAndStopped() {
        with(carrier -> {
            assertThat(carrier.ship(ORDER)).isEqualTo(parcel(ParcelState.ACCEPTED));
            assertThat(carrier.release(ORDER)).isEqualTo(parcel(ParcelState.ACCEPTED));
            assertThat(carrier.track(List.of(ORDER, UUID.randomUUID()))).containsExactly(parcel(ParcelState.ACCEPTED));
            assertThat(carrier.stop(ORDER)).isEqualTo(parcel(ParcelState.STOPPED));
        });
    }

    @Test
    void theKeyIsSentToTheCarrierAndARedirectIsNotFollowed() {
        with(carrier -> carrier.ship(ORDER));
        assertThat(server.headers().getFirst().get("Authorization")).containsExactly("Bearer secret-key");

        try (var elsewhere = new FakeCarrier()) {
            server.follow(request -> new FakeCarrier.Response(
                    302,
                    FakeCarrier.answer(ORDER.toString(), "ACCEPTED"),
                    elsewhere.url().resolve("/carrier")));
            assertRefused();
            assertThat(elsewhere.requests("", "")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 503, 0})
    void aCarrierThatIsAwayIsUnavailable(int status) {
        server.follow(request ->
                status == 0 ? FakeCarrier.Response.NONE : new FakeCarrier.Response(status, "{\"code\":\"AWAY\"}"));

        with(carrier -> {
            assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> carrier.ship(ORDER));
            assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> carrier.release(ORDER));
            assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> carrier.stop(ORDER));
            assertThatExceptionOfType(CarrierUnavailableException.class)
                    .isThrownBy(() -> carrier.track(List.of(ORDER)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "nonsense",
                "{\"orderId\":\"0198a000-0000-7000-8000-000000000002\",\"trackingId\":\"t\",\"state\":\"ACCEPTED\"}",
                "{\"orderId\":\"0198a000-0000-7000-8000-000000000001\",\"trackingId\":\" \",\"state\":\"ACCEPTED\"}",
                "{\"orderId\":\"0198a000-0000-7000-8000-000000000001\",\"trackingId\":\"t\",\"state\":\"FLYING\"}"
            })
    void anAnswerThatMakesNoSenseIsRefused(String body) {
        server.follow(request -> new FakeCarrier.Response(200, body));

        assertRefused();
    }

    @Test
    void aTrackingThatMakesNoSenseLeavesTheOthersAlone() {
        var other = UUID.randomUUID();
        server.follow(request -> new FakeCarrier.Response(
                200,
                "{\"shipments\":[null,{}," + FakeCarrier.answer(other.toString(), "DELIVERED") + ","
                        + FakeCarrier.answer(ORDER.toString(), "DELIVERED") + ","
                        + FakeCarrier.answer(ORDER.toString(), "LOST") + "]}"));

        with(carrier -> assertThat(carrier.track(List.of(ORDER))).containsExactly(parcel(ParcelState.DELIVERED)));
    }

    @Test
    void aTrackingWithoutShipmentsIsRefused() {
        server.follow(request -> new FakeCarrier.Response(200, "{}"));

        with(carrier -> assertThatExceptionOfType(CarrierRefusedException.class)
                .isThrownBy(() -> carrier.track(List.of(ORDER))));
    }

    private void assertRefused() {
        with(carrier -> assertThatExceptionOfType(CarrierRefusedException.class).isThrownBy(() -> carrier.ship(ORDER)));
    }

    private static Parcel parcel(ParcelState state) {
        return new Parcel(ORDER, "trk_" + ORDER, state);
    }

    private void with(Consumer<Carrier> use) {
        client(server.url()).run(context -> use.accept(context.getBean(Carrier.class)));
    }

    private static ApplicationContextRunner client(URI url) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RestClientAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        SslAutoConfiguration.class))
                .withUserConfiguration(Client.class)
                .withPropertyValues("shipping.carrier.url=" + url, "shipping.carrier.api-key=secret-key");
    }
}
