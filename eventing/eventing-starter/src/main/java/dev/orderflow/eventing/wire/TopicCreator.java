package dev.orderflow.eventing.wire;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing, whoever needs them first, publisher or consumer. An existing topic is left as it is.
 * Thread-safe.
 */
public class TopicCreator {

    private static final long TIMEOUT_SECONDS = 15;

    private final Map<String, Object> adminProperties;
    private final int partitions;
    private final Optional<Short> replicationFactor;
    private final Function<String, Map<String, String>> configuration;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param configuration the settings of a topic, by its name; see {@link TopicConfig} */
    public TopicCreator(
            Map<String, Object> adminProperties,
            int partitions,
            Optional<Short> replicationFactor,
            Function<String, Map<String, String>> configuration) {
        this.adminProperties = adminProperties;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
        this.configuration = configuration;
    }

    /** @throws KafkaException when the broker does not answer or refuses; nothing is remembered then */
    public void ensure(Collection<String> topics) {
        var unknown = topics.stream().filter(topic -> !known.contains(topic)).collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return;
        }
        try (var admin = Admin.create(adminProperties)) {
            for (var topic : unknown) {
                create(admin, topic);
                known.add(topic);
            }
        }
    }

    private void create(Admin admin, String name) {
        var topic = new NewTopic(name, Optional.of(partitions), replicationFactor).configs(configuration.apply(name));
        try {
            admin.createTopics(Set.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot create topic " + name, e.getCause());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker while creating topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topic " + name, e);
        }
    }
}
