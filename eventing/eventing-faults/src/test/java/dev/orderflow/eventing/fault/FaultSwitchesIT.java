package dev.orderflow.eventing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.SampleIT;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tests the fault switches over HTTP as the demo uses them. Every effect still happens exactly once. */
@SpringBootTest(
        classes = SampleApplication.class,
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
class FaultSwitchesIT extends SampleIT {

    @Autowired
    private Environment environment;

    @AfterEach
    void clear() {
        http().delete().uri("/admin/faults").exchange().expectStatus().isNoContent();
    }

    @Test
    void aHandlerFailsAsOftenAsAskedAndItsEffectArrivesInTheEnd() {
        post(
                        "/handlers",
                        String.format(
                                Locale.ROOT,
                                "{\"key\":\"%s\",\"handler\":\"AccountEventHandlers.deposit\",\"times\":2}",
                                account))
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.kind")
                .isEqualTo("HANDLER")
                .jsonPath("$.remaining")
                .isEqualTo(2)
                .jsonPath("$.exception")
                .isEqualTo("TRANSIENT");

        publish(new Opened(account), new Deposited(account, 1), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(3));
        assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "closed");
        assertThat(items()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void aHandlerThatCallsOutFailsBeforeItCalls() {
        post("/handlers", String.format(Locale.ROOT, "{\"key\":\"%s\",\"times\":1}", account))
                .expectStatus()
                .isCreated();

        publish(new Pledged(account, 1));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1"));
        assertThat(items()).isEqualTo("{\"items\":[]}");
        assertThat(faults.calls).hasSize(1);
    }

    @Test
    void aFaultIsListedUntilItIsCleared() {
        var fault = post("/handlers", "{\"key\":\"*\",\"share\":0.01,\"permanent\":true}")
                .expectStatus()
                .isCreated()
                .returnResult(Injected.class)
                .getResponseBody();
        assertThat(items()).isEqualTo(String.format(Locale.ROOT, """
                {"items":[{"id":"%s","kind":"HANDLER","key":"*","share":0.01,"remaining":null,"exception":"PERMANENT"}]}""", fault.id()));

        http().delete()
                .uri("/admin/faults/" + fault.id())
                .exchange()
                .expectStatus()
                .isNoContent();

        assertThat(items()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void aRedeliveredEventIsOnItsTopicTwiceAndHasNoSecondEffect() {
        publish(new Opened(account));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(1));
        var sent = recordsOf(AccountEvent.TOPIC).getFirst();

        await().untilAsserted(() -> post("/redeliver", redelivery(idOf(sent.headers())))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.topic")
                .isEqualTo(AccountEvent.TOPIC)
                .jsonPath("$.partition")
                .isEqualTo(sent.partition()));
        publish(new Closed(account, "after the copy"));

        await().untilAsserted(() -> assertThat(effects.of(account)).contains("closed"));
        assertThat(effects.of(account)).containsExactly("opened", "closed");
        var copy = recordsOf(AccountEvent.TOPIC).get(1);
        assertThat(copy.value()).isEqualTo(sent.value());
        assertThat(copy.headers()).isEqualTo(sent.headers());
    }

    @Test
    void poisonIsOnTheTopicAsItWasGiven() {
        publish(new Opened(account));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(1));
        var key = UUID.randomUUID().toString();

        post(
                        "/poison",
                        String.format(
                                Locale.ROOT, "{\"topic\":\"account-events\",\"key\":\"%s\",\"value\":\"Ünsinn\"}", key))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.offset")
                .isNumber();
        post("/poison", "{\"topic\":\"account-events\",\"partition\":3}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.partition")
                .isEqualTo(3);

        assertThat(recordsOf(AccountEvent.TOPIC, key)).singleElement().satisfies(message -> {
            assertThat(new String(message.value())).isEqualTo("Ünsinn");
            assertThat(message.headers()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "handlers | {} | 400 | key",
                "handlers | {\"key\":\"k\",\"times\":0} | 400 | times",
                "handlers | {\"key\":\"k\",\"times\":\"often\"} | 400 | times",
                "handlers | {\"key\":\"k\",\"share\":0.1} | 400 | share",
                "handlers | {\"key\":\"*\",\"share\":0} | 400 | share",
                "handlers | {\"key\":\"*\",\"share\":1.1} | 400 | share",
                "handlers | {\"key\":\"k\",\"handler\":\"Nobody.handles\"} | 400 | AccountEventHandlers.deposit",
                "handlers | rubbish | 400 | JSON",
                "poison | {} | 400 | topic",
                "poison | {\"topic\":\"no-such-topic\"} | 404 | no-such-topic",
                "poison | {\"topic\":\"not a topic\"} | 404 | not a topic",
                "poison | {\"topic\":\"__consumer_offsets\"} | 404 | __consumer_offsets",
                "poison | {\"topic\":\"account-events\",\"partition\":999} | 400 | partition",
                "poison | {\"topic\":\"account-events\",\"partition\":-1} | 400 | partition",
                "redeliver | {} | 400 | eventId",
                "redeliver | {\"eventId\":\"x\"} | 400 | eventId",
                "redeliver | {\"eventId\":\"01890000-0000-7000-8000-000000000000\"} | 404 | 01890000"
            })
    void anImpossibleFaultIsRefusedWithTheReason(String path, String body, int status, String named) {
        publish(new Opened(account));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(1));

        refused("/" + path, body, status, named);
    }

    @Test
    void poisonOfMoreThanAHundredKilobytesIsRefused() {
        var value = "ü".repeat(50_001);

        refused(
                "/poison",
                String.format(Locale.ROOT, "{\"topic\":\"account-events\",\"value\":\"%s\"}", value),
                400,
                "value");
    }

    @Test
    void anUnknownFaultCannotBeCleared() {
        http().delete()
                .uri("/admin/faults/" + UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound();
        http().delete().uri("/admin/faults/x").exchange().expectStatus().isBadRequest();
    }

    private void refused(String path, String body, int status, String named) {
        post(path, body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isNotEmpty()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(named));
    }

    private String items() {
        return http().get()
                .uri("/admin/faults")
                .exchange()
                .returnResult(String.class)
                .getResponseBody();
    }

    private RestTestClient.ResponseSpec post(String path, String body) {
        return http().post()
                .uri("/admin/faults" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private RestTestClient http() {
        return RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port"))
                .build();
    }

    private static String redelivery(UUID eventId) {
        return String.format(Locale.ROOT, "{\"eventId\":\"%s\"}", eventId);
    }

    private static UUID idOf(Headers headers) {
        return CloudEventHeaders.read(headers).id();
    }

    private record Injected(UUID id) {}
}
