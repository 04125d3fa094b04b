package dev.orderflow.eventing.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;

@RealInfrastructure
@SpringBootTest(
        classes = ListenerApplication.class,
        properties = {
            "spring.config.name=no-file",
            "spring.application.name=parcels",
            "spring.main.web-application-type=none",
            "spring.kafka.consumer.auto-offset-reset=earliest",
            // So long a container rests after a refusal, in the midst of which it does not look at the clock.
            "spring.kafka.listener.poll-timeout=100ms"
        })
@DirtiesContext
class ListenerIT {

    @Autowired
    Shelf shelf;

    @Autowired
    ParcelListeners listeners;

    @Autowired
    KafkaListenerEndpointRegistry containers;

    @Autowired
    Inbox.ConsumedTopics consumed;

    final String parcel = UUID.randomUUID() + "-";

    @Test
    void aRecordThatIsSentTwiceTakesEffectOnceInEachGroup() {
        var first = event("parcels", parcel + 1);
        send(List.of(first, first, event("parcels", parcel + 2)));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).contains(parcel + 2));
        await().untilAsserted(() -> assertThat(shelf.parcels("label " + parcel)).contains("label " + parcel + 2));
        assertThat(shelf.parcels(parcel)).containsExactly(parcel + 1, parcel + 2);
        assertThat(shelf.parcels("label " + parcel)).containsExactly("label " + parcel + 1, "label " + parcel + 2);
    }

    @Test
    void aRecordIsNotRememberedWithoutItsEffect() {
        shelf.fail(parcel + 1, 2);
        send(List.of(event("parcels", parcel + 1), event("parcels", parcel + 2)));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).containsExactly(parcel + 1, parcel + 2));
    }

    @Test
    void aRefusedRecordIsNotRemembered() {
        shelf.refuse(parcel + 1, 2);
        send(List.of(event("refused", parcel + 1), event("refused", parcel + 2)));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).containsExactly(parcel + 1, parcel + 2));
    }

    @Test
    void aRecordWithoutIdIsKnownByItsPosition() {
        var same = new ProducerRecord<>("parcels", "key", parcel);
        send(List.of(same, same));
        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).hasSize(2));

        rewind("store", "warehouse", "parcels");
        send(List.of(event("parcels", parcel + "after")));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).contains(parcel + "after"));
        assertThat(shelf.parcels(parcel)).containsExactly(parcel, parcel, parcel + "after");
    }

    @Test
    void aBatchIsGivenWithoutTheRecordsThatAreKnown() {
        var known = event("sorted", parcel + 1);
        var fresh = event("sorted", parcel + 2);
        send(List.of(known));
        await().untilAsserted(() -> assertThat(listeners.batches).contains(List.of(parcel + 1)));

        together("sort", List.of(known, fresh, known, fresh, event("sorted", parcel + 3)));

        await().untilAsserted(() -> assertThat(listeners.batches).contains(List.of(parcel + 2, parcel + 3)));
        assertThat(shelf.parcels(parcel)).containsExactly(parcel + 1, parcel + 2, parcel + 3);
    }

    @Test
    void aBatchOfKnownRecordsIsAcknowledged() {
        var known = event("sorted", parcel + 1);
        send(List.of(known));
        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).hasSize(1));

        together("sort", List.of(known, known));

        var end = end("sorted");
        await().untilAsserted(() -> assertThat(committed("sorters", "sorted")).isEqualTo(end));
        assertThat(shelf.parcels(parcel)).hasSize(1);
    }

    /** The container commits the offsets of those before the failed one, whose effects were rolled back with its own. */
    @Test
    void theRecordsBeforeAFailedOneKeepTheirEffects() {
        shelf.fail(parcel + 3, Integer.MAX_VALUE);
        var known = event("weighed", parcel + 0);
        send(List.of(known));
        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).hasSize(1));

        together("weigh", List.of(known, weighed(1), known, weighed(2), weighed(3), weighed(4)));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).contains(parcel + 4));
        assertThat(shelf.parcels(parcel)).containsExactly(parcel + 0, parcel + 1, parcel + 2, parcel + 4);
    }

    @Test
    void theRecordsBeforeARefusedOneKeepTheirEffects() {
        shelf.refuse(parcel + 2, 3);
        var known = event("counted", parcel + 0);
        send(List.of(known));
        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).hasSize(1));

        together(
                "count",
                List.of(
                        known,
                        event("counted", parcel + 1),
                        event("counted", parcel + 2),
                        event("counted", parcel + 3)));

        await().untilAsserted(() -> assertThat(shelf.parcels(parcel)).contains(parcel + 3));
        assertThat(shelf.parcels(parcel)).containsExactly(parcel + 0, parcel + 1, parcel + 2, parcel + 3);
    }

    @Test
    void whatAListenerPublishesIsCausedByItsRecord() {
        var cause = event("announced", parcel);
        send(List.of(cause, cause));
        send(List.of(event("announced", parcel + "after")));

        await().untilAsserted(() -> assertThat(audits(parcel + "after")).hasSize(1));
        assertThat(audits(parcel))
                .singleElement()
                .satisfies(audit -> assertThat(audit.causationId()).hasToString(id(cause)));
    }

    @Test
    void idsAreRememberedForAsLongAsTheListenersTopicsRedeliver() {
        assertThat(consumed.names()).contains("parcels", "sorted", "weighed");
    }

    private ProducerRecord<String, String> weighed(int number) {
        return event("weighed", parcel + number);
    }

    private static ProducerRecord<String, String> event(String topic, String value) {
        var metadata = EventMetadata.of(UUID.randomUUID(), "parcel.arrived.v1", "post", value, Instant.now());
        return new ProducerRecord<>(topic, null, "key", value, CloudEventHeaders.of(metadata));
    }

    private static String id(ProducerRecord<?, ?> message) {
        return new String(message.headers().lastHeader("ce_id").value(), UTF_8);
    }

    private static List<EventMetadata> audits(String account) {
        return TestInfrastructure.get().topics().read(AuditEvent.TOPIC).stream()
                .filter(message -> account.equals(message.key()))
                .map(message -> CloudEventHeaders.read(message.headers()))
                .toList();
    }

    private static void send(List<ProducerRecord<String, String>> messages) {
        var properties = TestInfrastructure.get().producerSettings();
        properties.put("linger.ms", 50);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            messages.forEach(producer::send);
        }
    }

    /** Sends while the listener rests, so that it gets all in one batch. */
    private void together(String listener, List<ProducerRecord<String, String>> messages) {
        var container = container(listener);
        container.stop();
        send(messages);
        container.start();
    }

    /** Redelivers all records that were ever handled, as after a crash between the commit of a transaction and that of offsets. */
    private void rewind(String listener, String group, String topic) {
        var container = container(listener);
        container.stop();
        withAdmin(admin -> admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
                .all()
                .get());
        container.start();
    }

    private MessageListenerContainer container(String listener) {
        var container = containers.getListenerContainer(listener);
        assertThat(container).isNotNull();
        return container;
    }

    private static long committed(String group, String topic) {
        return withAdmin(admin -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, 0))
                .offset());
    }

    private static long end(String topic) {
        return TestInfrastructure.get().topics().read(topic).getLast().offset() + 1;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Admin admin) throws Exception;
    }

    private static <T> T withAdmin(Question<T> question) {
        var properties = Map.<String, Object>of(
                "bootstrap.servers", TestInfrastructure.get().bootstrapServers());
        try (var admin = Admin.create(properties)) {
            return question.ask(admin);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
