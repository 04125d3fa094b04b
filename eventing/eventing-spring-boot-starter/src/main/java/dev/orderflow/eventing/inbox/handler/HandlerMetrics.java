package dev.orderflow.eventing.inbox.handler;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Measures how long each handler takes, also when it fails. */
class HandlerMetrics implements HandlerCalls.Step {

    private final MeterRegistry meters;

    /** Looking up a timer in the registry costs more than measuring. */
    private final Map<HandlerMethod, Timer> timers = new ConcurrentHashMap<>();

    HandlerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.METRICS;
    }

    @Override
    public void around(HandlerCalls.Call call, Runnable next) {
        var timer = timers.get(call.handler());
        if (timer == null) {
            timer = timers.computeIfAbsent(call.handler(), this::timerOf);
        }
        var begun = System.nanoTime();
        try {
            next.run();
        } finally {
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    /** The work that an outbound call returned is not part of the handler. */
    @Override
    public boolean surroundsAnswers() {
        return false;
    }

    private Timer timerOf(HandlerMethod handler) {
        return Timer.builder("eventing.inbox.handling")
                .description("Duration of a handler, with the application's own steps and routes")
                .tag("handler", handler.toString())
                .register(meters);
    }
}
