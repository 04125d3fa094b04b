package dev.orderflow.bench.retries;

import static java.util.stream.Collectors.toMap;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.retries.CounterEvent.Advanced;
import dev.orderflow.bench.retries.Effects.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Has the service consume one workload that was published before its consumer started, and measures that. */
final class Round {

    private final RetriesService service;
    private final Workload workload;

    Round(RetriesService service, Workload workload) {
        this.service = service;
        this.workload = workload;
    }

    /** Measures without failures; returns unaffected events per second. */
    double baseline() {
        prepare(Set.of(), Set.of());
        service.startConsuming();
        awaitEffects(workload.events().size());
        var rate = rate();
        requireOrder();
        service.stopConsuming();
        return rate;
    }

    /**
     * Result with failures.
     *
     * @param perSecond unaffected events
     * @param replay from the operator's call to the last effect
     * @param letters that were replayed
     * @param followers that were held behind them
     */
    record WithFailures(double perSecond, Duration replay, int letters, long followers) {}

    /** Measures with the failures of the workload and the repair afterwards. */
    WithFailures withFailures() {
        prepare(workload.passing(), workload.lasting());
        service.startConsuming();
        var followers = workload.behindLasting();
        var letters = workload.lasting().size();
        awaitEffects(workload.events().size() - letters - (int) followers);
        RetriesService.await(
                "there were fewer dead letters than events that failed permanently",
                () -> service.deadLetters().size() >= letters);
        var rate = rate();
        requireDead();
        var replay = replay();
        requireOrder();
        service.stopConsuming();
        return new WithFailures(rate, replay, letters, followers);
    }

    private void prepare(Set<Advanced> passing, Set<Advanced> lasting) {
        service.effects().clear();
        service.faults().ask(passing, lasting);
        service.publish(workload.events());
    }

    private Duration replay() {
        service.faults().repair();
        var asked = service.effects().now();
        if (!workload.lasting().isEmpty()) {
            service.replayAll();
        }
        awaitEffects(workload.events().size());
        RetriesService.await("key_hold was not empty after the replay", () -> service.held() == 0);
        var last = service.effects().all().getLast().at();
        return workload.lasting().isEmpty() ? Duration.ZERO : Duration.between(asked, last);
    }

    private void awaitEffects(int expected) {
        RetriesService.await(
                String.format(Locale.ROOT, "not all of the expected %,d events had taken effect", expected),
                () -> service.effects().count() >= expected);
    }

    /**
     * Returns the rate from when the first event reached its handler, even if that failed, to the effect of the last
     * unaffected one.
     */
    private double rate() {
        var times =
                service.effects().all().stream().collect(toMap(Effect::event, Effect::at, (first, second) -> second));
        var begun = Objects.requireNonNull(service.faults().begun(), "no event was handled");
        var end = workload.unaffected().stream()
                .map(event -> Objects.requireNonNull(times.get(event), () -> event + " had no effect"))
                .max(Comparable::compareTo)
                .orElseThrow();
        return workload.unaffected().size() / (Duration.between(begun, end).toNanos() / 1e9);
    }

    private void requireDead() {
        var dead = service.deadLetters();
        if (!dead.equals(workload.lasting())) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "The dead letters are not the %,d events that failed permanently, but %,d: %s.",
                    workload.lasting().size(),
                    dead.size(),
                    dead));
        }
    }

    private void requireOrder() {
        var effects = Workload.valuesByCounter(
                service.effects().all().stream().map(Effect::event).toList());
        workload.published().forEach((counter, published) -> {
            var effective = effects.getOrDefault(counter, List.of());
            if (!effective.equals(published)) {
                throw new BrokenPromiseException(String.format(
                        Locale.ROOT,
                        "The events of %s were published as %s and took effect as %s.",
                        counter,
                        published,
                        effective));
            }
        });
        if (effects.size() != workload.published().size()) {
            throw new BrokenPromiseException("Events took effect that were not published.");
        }
    }
}
