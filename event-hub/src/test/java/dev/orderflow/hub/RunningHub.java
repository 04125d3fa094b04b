package dev.orderflow.hub;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.MessageListenerContainer;

/** An instance of the service in this JVM. */
public final class RunningHub implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts an instance.
     *
     * @param instance its name in the group, which is also the database's: groups of different tests are different
     * @param more     further settings, as {@code name=value}
     */
    public static RunningHub start(SeparateDatabase database, String instance, String... more) {
        HubTopics.require();
        Map<String, Object> properties = new HashMap<>(database.properties());
        properties.put("server.port", 0);
        properties.put("management.server.port", 0);
        properties.put("hub.store.group", "hub-of-" + database.service().username());
        properties.put("hub.store.restart-delay", "50ms");
        properties.put("springdoc.api-docs.enabled", false);
        properties.put("spring.kafka.consumer.properties.group.instance.id", instance);
        properties.put("spring.kafka.consumer.properties.session.timeout.ms", 6_000);
        properties.put("spring.kafka.consumer.properties.heartbeat.interval.ms", 500);
        properties.put("spring.kafka.consumer.properties.metadata.max.age.ms", 1_000);
        for (var setting : more) {
            var parts = setting.split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        var arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new RunningHub(new SpringApplicationBuilder(EventHubApplication.class)
                .registerShutdownHook(false)
                .run(arguments));
    }

    public int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns the number of partitions that this instance consumes. */
    public int partitions() {
        var assigned = bean(MessageListenerContainer.class).getAssignedPartitions();
        return assigned == null ? 0 : assigned.size();
    }

    @Override
    public void close() {
        SpringApplication.exit(context);
    }
}
