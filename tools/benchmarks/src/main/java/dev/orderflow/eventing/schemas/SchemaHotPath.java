package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.inbox.EventHotPath;
import dev.orderflow.events.order.OrderPlacedUpcast;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Cost of contracts for each event, on the same order of three lines as {@link EventHotPath}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaHotPath {

    private final EventSchemas schemas = EventSchemas.onClassPath();
    private final SchemasProperties properties = new SchemasProperties(
            true, true, new SchemasProperties.Circuit(50, Duration.ofMinutes(1), Duration.ofSeconds(30), 5, 200));
    private final SchemaContracts contracts = new SchemaContracts(
            schemas,
            new UpcasterChain(
                    List.of(new Upcaster(OrderPlacedUpcast.FROM, OrderPlacedUpcast.TO, new OrderPlacedUpcast()))),
            List.of(),
            new TypeCircuits(schemas.types(), properties.circuit().settings(), System::nanoTime),
            new SchemaMetrics(new SimpleMeterRegistry()),
            properties);
    private final EventSchema schema = Objects.requireNonNull(schemas.find(OrderPlacedUpcast.FROM));
    private final byte[] payload = EventHotPath.placedJson();

    /** Checks an event as consuming does, circuit included. */
    @Benchmark
    public byte[] validate() {
        return contracts.read(OrderPlacedUpcast.FROM, payload, OrderPlacedUpcast.FROM);
    }

    /** Validates without the compiled check, as for data that it does not pass. */
    @Benchmark
    public @Nullable Object validateCompletely() {
        return schema.completely(payload);
    }

    /** Checks an event and converts it to version 2. */
    @Benchmark
    public byte[] upcast() {
        return contracts.read(OrderPlacedUpcast.FROM, payload, OrderPlacedUpcast.TO);
    }
}
