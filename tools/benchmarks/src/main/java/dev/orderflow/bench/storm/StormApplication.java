package dev.orderflow.bench.storm;

import dev.orderflow.bench.storm.ReadingEvent.Broken;
import dev.orderflow.bench.storm.ReadingEvent.Sound;
import dev.orderflow.eventing.EventHandler;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A consumer of readings, whose handler only takes the time. */
@SpringBootConfiguration
@EnableAutoConfiguration
class StormApplication {

    @Bean
    Readings readings() {
        return new Readings();
    }

    static class Readings {

        private final ConcurrentHistogram latencies = new ConcurrentHistogram(3);
        private final AtomicLong handled = new AtomicLong();

        @EventHandler
        void read(Sound reading) {
            latencies.recordValue(Math.max(0, System.nanoTime() - reading.sentAt()));
            handled.incrementAndGet();
        }

        @EventHandler
        void read(Broken reading) {
            throw new IllegalStateException("an invalid reading was handled: " + reading);
        }

        long handled() {
            return handled.get();
        }

        double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }
}
