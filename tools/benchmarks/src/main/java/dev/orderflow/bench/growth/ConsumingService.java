package dev.orderflow.bench.growth;

import dev.orderflow.bench.Sampler;
import dev.orderflow.eventing.inbox.ConsumerGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Service with an inbox. */
final class ConsumingService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Fills the inbox with ids like those of events of the last hours, so that they use the same partition and index. */
    private static final String FILL = """
            INSERT INTO inbox (consumer, event_id)
            SELECT :consumer, uuidv7(-interval '1 minute' * random()) FROM generate_series(1, :rows)
            """;

    private final ConfigurableApplicationContext context;
    private final String group;

    private ConsumingService(ConfigurableApplicationContext context, String group) {
        this.context = context;
        this.group = group;
    }

    static ConsumingService start(Map<String, String> properties, String group) {
        var all = new HashMap<>(properties);
        all.put("spring.application.name", group);
        all.put("eventing.group", group);
        all.put("spring.main.banner-mode", "off");
        all.put("spring.flyway.enabled", "false"); // The service has no tables of its own.
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        var context = new SpringApplicationBuilder(ConsumingApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments);
        return new ConsumingService(context, group);
    }

    void fillInbox(long rows) {
        var jdbc = context.getBean(JdbcClient.class);
        jdbc.sql(FILL).param("consumer", group).param("rows", rows).update();
        jdbc.sql("VACUUM (ANALYZE) inbox").update();
    }

    /** Consumes {@code events} from the topic and returns the rate per second since the first one was handled. */
    double consume(long events) {
        var handlers = context.getBean(PlacedEventHandlers.class);
        var consumers = context.getBean(ConsumerGroup.class);
        var before = handlers.handled();
        var sampler = new Sampler(() -> handlers.handled() - before, events);
        consumers.start();
        try {
            return sampler.await(PATIENCE).perSecondSinceFirst();
        } finally {
            consumers.stop();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
