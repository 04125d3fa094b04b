package dev.orderflow.eventing.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that bypass the outbox: invalid ones, or events that were already sent. Opens a client for each call, since calls are
 * rare.
 */
class StrayRecords {

    private static final Logger LOG = LoggerFactory.getLogger(StrayRecords.class);
    /** Longest wait for the broker; an operator waits for the answer. */
    private static final int TIMEOUT_SECONDS = 15;

    private static final DescribeTopicsOptions WITHIN_TIMEOUT =
            new DescribeTopicsOptions().timeoutMs(TIMEOUT_SECONDS * 1_000);
    private static final String POISON = "this is no event";

    private final Supplier<Producer<String, byte[]>> producers;
    private final Supplier<Admin> admins;
    private final Function<UUID, Optional<ProducerRecord<String, byte[]>>> sent;

    /**
     * @param producers creates producers that give up on a record within seconds
     * @param sent      finds an event that this service has sent
     */
    StrayRecords(
            Supplier<Producer<String, byte[]>> producers,
            Supplier<Admin> admins,
            Function<UUID, Optional<ProducerRecord<String, byte[]>>> sent) {
        this.producers = producers;
        this.admins = admins;
        this.sent = sent;
    }

    /**
     * @throws FaultRefusal   when there is no such topic or partition, or the value is too long
     * @throws KafkaException when the broker does not respond or rejects the record
     */
    SentRecord poison(PoisonRequest wanted) {
        var value = (wanted.value() == null ? POISON : wanted.value()).getBytes(UTF_8);
        if (value.length > PoisonRequest.MOST_BYTES) {
            throw new FaultRefusal(
                    FaultRefusal.Kind.INVALID,
                    "invalid",
                    "value must have at most " + PoisonRequest.MOST_BYTES + " bytes");
        }
        var partitions = partitionsOf(wanted.topic());
        if (wanted.partition() != null && wanted.partition() >= partitions) {
            throw new FaultRefusal(
                    FaultRefusal.Kind.INVALID,
                    "invalid",
                    "partition must be less than " + partitions + ", the number of partitions of " + wanted.topic());
        }
        return send("poison", new ProducerRecord<>(wanted.topic(), wanted.partition(), wanted.key(), value));
    }

    /**
     * Sends an event again that the relay has sent. An event that is not sent yet must not overtake earlier ones.
     *
     * @throws FaultRefusal   when there is no such event
     * @throws KafkaException when the broker does not respond or rejects the record
     */
    SentRecord redeliver(UUID eventId) {
        return send(
                "redelivered",
                sent.apply(eventId)
                        .orElseThrow(() -> new FaultRefusal(
                                FaultRefusal.Kind.NOT_FOUND,
                                "unknown_event",
                                "this service has sent no event " + eventId)));
    }

    private int partitionsOf(String topic) {
        try (var admin = admins.get()) {
            var description = await(
                            admin.describeTopics(List.of(topic), WITHIN_TIMEOUT).allTopicNames())
                    .get(topic);
            // A stray record there would break the broker, not a consumer.
            if (description.isInternal()) {
                throw unknown(topic);
            }
            return description.partitions().size();
        } catch (UnknownTopicOrPartitionException | InvalidTopicException e) {
            throw unknown(topic);
        }
    }

    private static FaultRefusal unknown(String topic) {
        return new FaultRefusal(FaultRefusal.Kind.NOT_FOUND, "unknown_topic", "there is no topic " + topic);
    }

    private SentRecord send(String fault, ProducerRecord<String, byte[]> message) {
        try (var producer = producers.get()) {
            var record = await(producer.send(message));
            LOG.warn(
                    "fault={} topic={} partition={} offset={}",
                    fault,
                    record.topic(),
                    record.partition(),
                    record.offset());
            return new SentRecord(record.topic(), record.partition(), record.offset());
        }
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the broker", e);
        }
    }
}
