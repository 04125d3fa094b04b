package dev.orderflow.eventing.inbox.limit;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.polling.LaneSource;
import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Limits without an application context, for tests of other packages. */
public final class TestLimits {

    /** A tenant whose limit crowds lift. */
    public static final String LIFTED_BY_CROWDS = "crowded";

    private TestLimits() {}

    /** @param events per tenant, handler and period */
    public static LaneSource of(
            HandlerRegistry handlers, int events, Duration period, LongSupplier nanoTime, MeterRegistry meters) {
        return of(handlers, events, period, nanoTime, meters, () -> false);
    }

    /** @param lifted whether there is no limit at present */
    public static LaneSource of(
            HandlerRegistry handlers,
            int events,
            Duration period,
            LongSupplier nanoTime,
            MeterRegistry meters,
            BooleanSupplier lifted) {
        var properties = new RateLimitProperties(events, period, 1_000, Map.of());
        var limits = new TenantLimits(properties, () -> handlers, meters, nanoTime);
        return new Liftable(limits, lifted);
    }

    private record Liftable(LaneSource limits, BooleanSupplier lifted) implements LaneSource {

        @Override
        public boolean isIdle() {
            return lifted.getAsBoolean();
        }

        @Override
        public @Nullable Lane laneOf(ReceivedEvent event) {
            var lane = limits.laneOf(event);
            return lane == null
                    ? null
                    : new LiftableLane(lane, lifted, lane.id().endsWith(LIFTED_BY_CROWDS));
        }
    }

    private record LiftableLane(Lane lane, BooleanSupplier lifted, boolean crowded) implements Lane {

        @Override
        public boolean acquire() {
            return lifted.getAsBoolean() || lane.acquire();
        }

        @Override
        public boolean isReady() {
            return lifted.getAsBoolean() || lane.isReady();
        }

        @Override
        public boolean isLiftedByCrowds() {
            return crowded;
        }

        @Override
        public String id() {
            return lane.id();
        }

        @Override
        public void postponed() {
            lane.postponed();
        }
    }
}
