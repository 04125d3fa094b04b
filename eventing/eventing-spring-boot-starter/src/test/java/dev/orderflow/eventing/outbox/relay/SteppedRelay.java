package dev.orderflow.eventing.outbox.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A relay of one key that performs one step per call. */
final class SteppedRelay {

    private final ParkedEvents parked;
    private final Set<Integer> buckets;
    private final List<OutboxRow> outbox;
    private final Function<OutboxRow, Answer> broker;

    private Step next = Step.CLAIM;
    private List<OutboxRow> inHand = List.of();
    private final List<OutboxRow> sent = new ArrayList<>();
    private @Nullable OutboxRow refused;
    private Answer answer = Answer.TAKEN;
    private boolean claimed;
    private boolean lost;
    private boolean fenced;
    private int position;

    /** @param outbox rows ordered by id; may grow */
    SteppedRelay(
            ParkedEvents parked, Set<Integer> buckets, List<OutboxRow> outbox, Function<OutboxRow, Answer> broker) {
        this.parked = parked;
        this.buckets = buckets;
        this.outbox = outbox;
        this.broker = broker;
    }

    /** The broker's answer for a row. */
    enum Answer {
        TAKEN,
        REFUSED_FOR_GOOD,
        TOPIC_TAKES_NONE
    }

    private enum Step {
        CLAIM,
        READ,
        SEND,
        PARK,
        REMOVE
    }

    void start() {
        parked.load(buckets);
    }

    /** Starts over at the first position after a failure. */
    void startOver() {
        next = Step.CLAIM;
        inHand = List.of();
        position = 0;
        start();
    }

    /** Notes that the lease has expired: from now on the relay sends claimed events only. */
    void fence() {
        fenced = true;
    }

    /** Returns whether the relay may still send claimed events. */
    boolean isSending() {
        return next == Step.SEND && claimed && !lost;
    }

    /** Performs the next step. Returns whether there was nothing to do. */
    boolean step() {
        if (lost) {
            return true;
        }
        try {
            return switch (next) {
                case CLAIM -> claim();
                case READ -> read();
                case SEND -> send();
                case PARK -> park();
                case REMOVE -> remove();
            };
        } catch (ParkedLock.LeaseLostException e) {
            lost = true;
            return true;
        }
    }

    private boolean claim() {
        inHand = parked.released(buckets);
        claimed = !inHand.isEmpty();
        next = claimed ? Step.SEND : Step.READ;
        return false;
    }

    private boolean read() {
        var afterRefusal = claimed;
        claimed = false;
        inHand = parked.divert(List.copyOf(outbox.subList(position, outbox.size())));
        position = outbox.size();
        next = inHand.isEmpty() ? Step.CLAIM : Step.SEND;
        return inHand.isEmpty() && !afterRefusal;
    }

    private boolean send() {
        if (fenced && !claimed) {
            lost = true;
            return true;
        }
        sent.clear();
        refused = null;
        for (var row : inHand) {
            answer = broker.apply(row);
            if (answer != Answer.TAKEN) {
                refused = row;
                break;
            }
            sent.add(row);
        }
        next = refused != null ? Step.PARK : claimed ? Step.REMOVE : Step.CLAIM;
        return false;
    }

    /** Removes sent events. Refused ones do not keep others from being read. */
    private boolean remove() {
        parked.gone(sent, buckets);
        next = refused == null ? Step.CLAIM : Step.READ;
        return false;
    }

    private boolean park() {
        if (answer == Answer.TOPIC_TAKES_NONE) {
            parked.waitForTopic(refused, "refused by the test", false);
        } else {
            parked.park(refused, "refused by the test");
        }
        if (!claimed) {
            position = outbox.stream().map(OutboxRow::id).toList().indexOf(refused.id()) + 1;
        }
        next = claimed ? Step.REMOVE : Step.CLAIM;
        return false;
    }
}
