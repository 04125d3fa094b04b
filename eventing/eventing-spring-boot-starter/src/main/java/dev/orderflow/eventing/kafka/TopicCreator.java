package dev.orderflow.eventing.kafka;

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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing topics, for publishers and consumers. Leaves an existing topic unchanged. Thread-safe. */
public class TopicCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
    private static final long TIMEOUT_SECONDS = 15;
    private static final long ANSWER_SECONDS = 2;

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

    /** @throws KafkaException when the broker does not answer or refuses; the next call checks the topic again */
    public void ensure(Collection<String> topics) {
        if (known.containsAll(topics)) {
            return;
        }
        try (var admin = Admin.create(adminProperties)) {
            for (var topic : Set.copyOf(topics)) {
                if (!known.contains(topic)) {
                    ensure(admin, topic);
                }
            }
        }
    }

    /**
     * Creates a topic that existed and may have been deleted.
     *
     * @return whether it had to be created
     */
    public boolean ensureAgain(String topic) {
        known.remove(topic);
        try (var admin = Admin.create(adminProperties)) {
            return ensure(admin, topic);
        }
    }

    /** @throws KafkaException when the broker does not answer, or does not let this application see a topic */
    public Set<String> missing(Collection<String> topics) {
        try (var admin = Admin.create(adminProperties)) {
            return topics.stream().filter(topic -> !exists(admin, topic)).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Returns whether any broker answers, within a few seconds. */
    public boolean brokerAnswers() {
        try (var admin = Admin.create(adminProperties)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("broker=silent", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Checks first, because a client may have permission to write to a topic but not to create one. */
    private boolean ensure(Admin admin, String topic) {
        var missing = !exists(admin, topic) && create(admin, topic);
        known.add(topic);
        return missing;
    }

    private static boolean exists(Admin admin, String topic) {
        try {
            await(admin.describeTopics(Set.of(topic)).allTopicNames(), "looking for topic " + topic);
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (ApiException e) {
            throw new KafkaException("cannot find topic " + topic, e);
        }
    }

    private boolean create(Admin admin, String name) {
        var topic = new NewTopic(name, Optional.of(partitions), replicationFactor).configs(configuration.apply(name));
        try {
            await(admin.createTopics(Set.of(topic)).all(), "creating topic " + name);
            return true;
        } catch (TopicExistsException e) {
            return false;
        } catch (ApiException e) {
            throw new KafkaException("cannot create topic " + name, e);
        }
    }

    private static void await(KafkaFuture<?> answer, String what) {
        try {
            answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException refused
                    ? refused
                    : new KafkaException("failed " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker while " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while " + what, e);
        }
    }
}
