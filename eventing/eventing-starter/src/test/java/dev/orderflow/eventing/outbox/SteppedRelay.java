package dev.orderflow.eventing.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A relay of one key that does one thing after the other, each when it is told to. */
final class SteppedRelay {

    private final ParkedEvents parked;
    private final Set<Integer> buckets;
    private final List<OutboxRow> outbox;
    private final Predicate<OutboxRow> broker;

    private Step next = Step.CLAIM;
    private List<OutboxRow> inHand = List.of();
    private final List<OutboxRow> sent = new ArrayList<>();
    private @Nullable OutboxRow refused;
    private boolean claimed;
    private boolean lost;
    private boolean fenced;
    private int position;

    /** @param broker takes a row, or refuses it for good */
    SteppedRelay(ParkedEvents parked, Set<Integer> buckets, List<OutboxRow> outbox, Predicate<OutboxRow> broker) {
        this.parked = parked;
        this.buckets = buckets;
        this.outbox = outbox;
        this.broker = broker;
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

    /** Its lease has expired, so it sends nothing any more but what it has claimed. */
    void fence() {
        fenced = true;
    }

    /** Whether it may still send what it has claimed. */
    boolean isSending() {
        return next == Step.SEND && claimed && !lost;
    }

    /** Whether this step found nothing to do. */
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
        } catch (LeaseLostException e) {
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
        inHand = parked.divert(outbox.subList(position, outbox.size()));
        position = outbox.size();
        next = inHand.isEmpty() ? Step.CLAIM : Step.SEND;
        return inHand.isEmpty();
    }

    private boolean send() {
        if (fenced && !claimed) {
            lost = true;
            return true;
        }
        sent.clear();
        refused = null;
        for (var row : inHand) {
            if (!broker.test(row)) {
                refused = row;
                break;
            }
            sent.add(row);
        }
        next = refused != null ? Step.PARK : claimed ? Step.REMOVE : Step.CLAIM;
        return false;
    }

    private boolean remove() {
        parked.gone(sent, buckets);
        next = Step.CLAIM;
        return false;
    }

    private boolean park() {
        parked.park(refused, "refused by the test");
        if (!claimed) {
            position = outbox.stream().map(OutboxRow::id).toList().indexOf(refused.id()) + 1;
        }
        next = claimed ? Step.REMOVE : Step.CLAIM;
        return false;
    }
}
