package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProducerLineTests {

    private static final OutboxRow ROW = new OutboxRow(1, "topic", "key".getBytes(UTF_8), List.of(), null);

    private final ProducerLine line =
            new ProducerLine(new SilentProducer(), new SimpleMeterRegistry().counter("published"));

    @Test
    void theLeaseEndsSendingThoughAskingTheBrokerFails() {
        assertThatTheLeaseEndsSending(() -> {
            throw new IllegalStateException("cannot ask");
        });
    }

    @Test
    void theLeaseEndsSendingThoughAskingTheBrokerTakesLong() {
        var never = new CountDownLatch(1);
        assertThatTheLeaseEndsSending(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            return false;
        });
    }

    private void assertThatTheLeaseEndsSending(BooleanSupplier brokerAnswers) {
        line.watch(Duration.ofMillis(1), brokerAnswers);
        line.sendUntil(new OutboxSender.SendingLimit(
                System.nanoTime() + Duration.ofSeconds(1).toNanos(), OutboxSender.LeaseExpiredException::new));
        line.send(ROW, null);

        assertThatExceptionOfType(SendingFailedException.class)
                .isThrownBy(line::flush)
                .withCauseInstanceOf(OutboxSender.LeaseExpiredException.class);
    }

    /** A producer that acknowledges nothing and blocks until it is closed. */
    private static final class SilentProducer extends MockProducer<byte[], byte[]> {

        private final CountDownLatch closed = new CountDownLatch(1);

        private SilentProducer() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void flush() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }

        @Override
        public void close(Duration timeout) {
            closed.countDown();
        }
    }
}
