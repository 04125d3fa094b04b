package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChargeLimitTests {

    private final FakeProvider server = new FakeProvider();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChargeIsNotWaitedForLongerThanItsLimit() {
        var answer = new CompletableFuture<FakeProvider.Response>();
        server.follow(request -> answer.join());

        PaymentProviderTests.client(server.url(), "payment.provider.read-timeout=10m")
                .run(context -> assertThatExceptionOfType(ProviderUnavailableException.class)
                        .isThrownBy(() -> context.getBean(PaymentProvider.class)
                                .charge(
                                        UUID.randomUUID(),
                                        Money.of("15.30", "GBP"),
                                        PaymentMethod.CARD,
                                        Optional.of(Duration.ofMillis(100)))));
        answer.complete(FakeProvider.Response.NONE);
    }

    @Test
    void onlyAShorterLimitReplacesTheUsualTimeout() {
        PaymentProviderTests.client(server.url(), "payment.provider.read-timeout=5s")
                .run(context -> {
                    var properties = context.getBean(ProviderProperties.class);
                    assertThat(properties.readTimeoutWithin(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
                    assertThat(properties.readTimeoutWithin(Optional.of(Duration.ofHours(1))))
                            .isEqualTo(Duration.ofSeconds(5));
                    assertThat(properties.readTimeoutWithin(Optional.of(Duration.ofSeconds(1))))
                            .isEqualTo(Duration.ofSeconds(1));
                });
    }
}
