package dev.orderflow.bench.tenants;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A consumer of all tenants' events, whose handler only takes the time. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TenantsApplication {

    static final String QUIET = "quiet";

    @Bean
    Acts acts() {
        return new Acts();
    }

    static class Acts {

        private final AtomicLong quiet = new AtomicLong();
        private final AtomicLong loud = new AtomicLong();
        private final AtomicLong slowest = new AtomicLong();

        @EventHandler
        void act(TenantEvent event, EventMetadata metadata) {
            if (QUIET.equals(metadata.tenantId())) {
                slowest.accumulateAndGet(System.nanoTime() - event.sentAt(), Math::max);
                quiet.incrementAndGet();
            } else {
                loud.incrementAndGet();
            }
        }

        long quiet() {
            return quiet.get();
        }

        long loud() {
            return loud.get();
        }

        double slowestMillis() {
            return slowest.get() / 1e6;
        }
    }
}
