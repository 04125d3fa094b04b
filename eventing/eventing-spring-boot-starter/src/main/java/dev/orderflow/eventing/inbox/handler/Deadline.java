package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.inbox.handler.HandlerCalls.Call;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps events whose deadline has passed from their handlers: their effect would come too late. Such an event is nevertheless
 * consumed, so that its successors follow. A handler can demand expired events.
 * <p>
 * An event that has called out in time also takes effect if its deadline passes before the commit. If that commit fails, the
 * event is expired when it is delivered again, and the answer of its call is lost. A handler whose calls have effects must
 * therefore demand expired events, and find out whether its call was made.
 */
final class Deadline implements HandlerCalls.Step {

    private final Clock clock;

    Deadline(Clock clock) {
        this.clock = clock;
    }

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.DEADLINE;
    }

    @Override
    public void around(Call call, Runnable next) {
        if (!isOver(call)) {
            next.run();
        }
    }

    @Override
    public boolean surroundsAnswers() {
        return false;
    }

    /** Returns whether the handler must not be called any more. */
    boolean isOver(Call call) {
        return isBinding(call) && call.metadata().toContext().isExpired(clock);
    }

    /** Returns the time limit of the handler's outbound call; empty if the event sets none, or the handler limits its own. */
    Optional<Duration> limit(Call call) {
        return isBinding(call) ? call.metadata().toContext().remaining(clock) : Optional.empty();
    }

    /** Returns the age of an expired event; its time since the deadline if its publisher does not state when it happened. */
    Duration age(Call call) {
        var time = call.metadata().time();
        var since = time == null ? call.metadata().deadline() : time;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    private static boolean isBinding(Call call) {
        return call.metadata().deadline() != null && !call.handler().handlesExpired();
    }
}
