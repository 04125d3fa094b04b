package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** The client against a real HTTP server, wired as in the service. */
class PaymentProviderTests {

    private static final UUID ORDER = UUID.fromString("0198a000-0000-7000-8000-000000000001");
    private static final Money TOTAL = Money.of("15.30", "GBP");

    private final FakeProvider server = new FakeProvider();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChargeNamesOrderAmountAndMethod() {
        assertThat(charge()).isEqualTo(new ChargeAnswer.Captured("pay_" + ORDER));

        var request = server.requests().getFirst();
        assertThat(request.path()).isEqualTo("/provider/payments");
        assertThat(request.key()).isEqualTo(ORDER.toString());
        assertThat(JsonMapper.shared().readTree(request.body()))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"orderId": "0198a000-0000-7000-8000-000000000001",
                 "amount": {"amount": "15.30", "currency": "GBP"},
                 "paymentMethod": "CARD"}
                """));
    }

    @Test
    void aClosedChargeIsDeclinedAlsoWhenItArrivesLater() {
        var declined = new ChargeAnswer.Declined("pay_" + ORDER, "card declined");

        assertThat(close()).isEqualTo(declined);
        assertThat(charge()).isEqualTo(declined);
    }

    @Test
    void closingReturnsTheAnswerToAChargeThatWasMadeBefore() {
        charge();

        assertThat(close()).isEqualTo(new ChargeAnswer.Captured("pay_" + ORDER));
        assertThat(server.requests(ORDER.toString())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409})
    void aChargeWhoseClosingIsRefusedMayHaveBeenMade(int status) {
        server.answerAlways(status, "{}");

        assertThatExceptionOfType(ProviderRefusedException.class).isThrownBy(this::close);
    }

    @Test
    void closingIsRepeatedIfItFails() {
        server.answerAlways(503, "{}");

        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(this::close);
    }

    @Test
    void aDeclineIsAnAnswer() {
        server.answerAlways(200, "{\"reference\":\"pay_1\",\"outcome\":\"DECLINED\",\"reason\":\"card declined\"}");

        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("pay_1", "card declined"));
    }

    @Test
    void aDeclineNeedsNoReason() {
        server.answerAlways(200, "{\"reference\":\"pay_1\",\"outcome\":\"DECLINED\"}");

        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("pay_1", "no reason given"));
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        server.answerAlways(
                200,
                "{\"reference\":\"pay_1\",\"outcome\":\"DECLINED\",\"reason\":\"no" + "\\ud83d\\ude00".repeat(300)
                        + "\"}");

        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("pay_1", "no" + "😀".repeat(198)));
    }

    @Test
    void aRefundHasAKeyOfItsOwn() {
        server.answerAlways(200, "{\"reference\":\"ref_1\",\"outcome\":\"REFUNDED\"}");

        assertThat(refund()).isEqualTo("ref_1");
        assertThat(server.requests().getFirst().path()).isEqualTo("/provider/payments/" + ORDER + "/refund");
        assertThat(server.requests().getFirst().key()).isEqualTo(ORDER + "-refund");
    }

    @Test
    void fieldsThatTheProviderAddsLaterAreIgnored() {
        server.answerAlways(200, "{\"reference\":\"pay_1\",\"outcome\":\"CAPTURED\",\"fee\":{\"amount\":\"0.10\"}}");

        assertThat(charge()).isEqualTo(new ChargeAnswer.Captured("pay_1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 401, 403, 408, 429})
    void aTemporaryErrorStatusMeansUnavailable(int status) {
        server.answerAlways(status, "{\"code\":\"TRY_LATER\"}");

        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(this::charge)
                .withMessageContaining(String.valueOf(status));
        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(this::refund);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void anyOtherClientErrorMeansRefused(int status) {
        server.answerAlways(status, "{\"code\":\"WRONG\"}");

        assertThatExceptionOfType(ProviderRefusedException.class)
                .isThrownBy(this::charge)
                .withMessageContaining(String.valueOf(status));
        assertThatExceptionOfType(ProviderRefusedException.class).isThrownBy(this::refund);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "[]",
                "{}",
                "{\"reference\":\"pay_1\"}",
                "{\"outcome\":\"CAPTURED\"}",
                "{\"reference\":\" \",\"outcome\":\"CAPTURED\"}",
                "{\"reference\":\"pay_1\",\"outcome\":\"PENDING\"}",
                "{\"reference\":\"pay_1\",\"outcome\":\"CAPTURED\""
            })
    void anAnswerThatMakesNoSenseMeansRefused(String body) {
        server.answerAlways(200, body);

        assertThatExceptionOfType(ProviderRefusedException.class).isThrownBy(this::charge);
        assertThatExceptionOfType(ProviderRefusedException.class).isThrownBy(this::refund);
    }

    @Test
    void aReferenceTooLongToBeRecordedMeansRefused() {
        server.answerAlways(200, "{\"reference\":\"" + "x".repeat(101) + "\",\"outcome\":\"CAPTURED\"}");

        assertThatExceptionOfType(ProviderRefusedException.class).isThrownBy(this::charge);
    }

    @Test
    void aConnectionClosedWithoutAnAnswerMeansUnavailable() {
        server.follow(request -> FakeProvider.Response.NONE);

        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(this::charge);
    }

    @Test
    void anAnswerThatComesTooLateMeansUnavailable() {
        var tooLate = new CountDownLatch(1);
        server.follow(request -> {
            awaitUninterruptibly(tooLate);
            return null;
        });

        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> charge(server.url(), "payment.provider.read-timeout=200ms"));
        tooLate.countDown();
    }

    @Test
    void aRefusedConnectionMeansUnavailable() throws IOException {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(() -> charge(nobody));
    }

    @Test
    void anImpossibleTimeoutIsRefusedAtStart() {
        new ApplicationContextRunner()
                .withUserConfiguration(Client.class)
                .withPropertyValues("payment.provider.read-timeout=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("payment.provider")
                        .hasMessageContaining("readTimeout"));
    }

    @Test
    void theDefaultTimeoutsAreShorterThanTheGuardsTimeLimit() {
        client(server.url()).run(context -> {
            var properties = context.getBean(ProviderProperties.class);
            assertThat(properties.connectTimeout().plus(properties.readTimeout().multipliedBy(2)))
                    .isLessThan(Duration.ofSeconds(13));
        });
    }

    @Test
    void onlyAConfiguredKeyIsSentAndNothingShowsIt() {
        charge();
        assertThat(server.credentials()).isEmpty();

        charge(server.url(), "payment.provider.api-key=key-1");
        assertThat(server.credentials()).containsExactly("Bearer key-1");
        client(server.url(), "payment.provider.api-key=key-1")
                .run(context -> assertThat(context.getBean(ProviderProperties.class))
                        .asString()
                        .doesNotContain("key-1"));
    }

    private ChargeAnswer charge() {
        return charge(server.url());
    }

    private static ChargeAnswer charge(URI url, String... properties) {
        var answers = new ChargeAnswer[1];
        client(url, properties)
                .run(context -> answers[0] = context.getBean(PaymentProvider.class)
                        .charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.empty()));
        return answers[0];
    }

    private ChargeAnswer close() {
        var answers = new ChargeAnswer[1];
        client(server.url())
                .run(context ->
                        answers[0] = context.getBean(PaymentProvider.class).close(ORDER, TOTAL, PaymentMethod.CARD));
        return answers[0];
    }

    private String refund() {
        var answers = new String[1];
        client(server.url())
                .run(context ->
                        answers[0] = context.getBean(PaymentProvider.class).refund(ORDER));
        return answers[0];
    }

    static ApplicationContextRunner client(URI url, String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        RestClientAutoConfiguration.class))
                .withUserConfiguration(Client.class)
                .withPropertyValues("payment.provider.url=" + url)
                .withPropertyValues(properties);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ProviderProperties.class)
    @Import(ProviderConfiguration.class)
    static class Client {}
}
