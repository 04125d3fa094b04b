package dev.orderflow.eventing.schema;

import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.SampleApplication;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The sample application as a program of its own, which publishes an event and ends when the event has taken effect. */
final class LeanApplication {

    static final String SUCCESS = "the event took effect";

    private LeanApplication() {}

    public static void main(String[] arguments) {
        try (var context = SpringApplication.run(SampleApplication.class, arguments)) {
            var account = UUID.randomUUID().toString();
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(
                            status -> context.getBean(EventPublisher.class).publish(new Opened(account)));
            var effects = context.getBean(Effects.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> effects.of(account).equals(List.of("opened")));
        }
        System.out.println(SUCCESS);
    }
}
