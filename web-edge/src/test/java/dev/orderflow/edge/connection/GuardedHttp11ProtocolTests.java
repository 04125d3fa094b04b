package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttp11ProtocolTests {

    /** Otherwise connections would no longer be closed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void upkeepGoesOnAfterAFailure(boolean isError) {
        var reported = new CopyOnWriteArrayList<Throwable>();
        Runnable task = () -> {
            if (isError) {
                throw new StackOverflowError("test");
            }
            throw new IllegalStateException("test");
        };
        try (var executor = Executors.newSingleThreadScheduledExecutor()) {
            executor.scheduleWithFixedDelay(
                    GuardedHttp11Protocol.repeatable(task, reported::add), 0, 1, TimeUnit.MILLISECONDS);

            await().until(() -> reported.size() > 2);
            executor.shutdownNow();
        }
        assertThat(reported).hasOnlyElementsOfTypes(StackOverflowError.class, IllegalStateException.class);
    }
}
