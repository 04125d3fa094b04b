package dev.orderflow.eventing.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Defers a listener's acknowledgments until its transaction has ended. Without this, the container could commit an offset whose
 * transaction is rolled back afterwards: the record's effect would be lost.
 * <p>
 * Acknowledgments after the end of the transaction, from another thread, are passed on immediately.
 */
final class DeferredAcknowledgment implements Acknowledgment {

    /**
     * A negative acknowledgment.
     *
     * @param index index in the batch as the container knows it
     */
    record Refusal(int index, Duration pause) {}

    private final Acknowledgment container;
    private final IntUnaryOperator positions;
    private final List<Consumer<Acknowledgment>> answers = new ArrayList<>();
    private @Nullable Refusal refusal;
    private boolean ended;

    /** @param positions maps an index in the listener's batch to the index in the container's batch */
    DeferredAcknowledgment(Acknowledgment container, IntUnaryOperator positions) {
        this.container = container;
        this.positions = positions;
    }

    /** Creates the acknowledgment of a single record. */
    DeferredAcknowledgment(Acknowledgment container) {
        this(container, IntUnaryOperator.identity());
    }

    @Override
    public void acknowledge() {
        answer(Acknowledgment::acknowledge);
    }

    @Override
    public void acknowledge(int index) {
        var position = positions.applyAsInt(index);
        answer(it -> it.acknowledge(position));
    }

    @Override
    public void nack(Duration sleep) {
        refuse(new Refusal(0, sleep), it -> it.nack(sleep));
    }

    @Override
    public void nack(int index, Duration sleep) {
        var position = positions.applyAsInt(index);
        refuse(new Refusal(position, sleep), it -> it.nack(position, sleep));
    }

    @Override
    public boolean isOutOfOrderCommit() {
        return container.isOutOfOrderCommit();
    }

    /** Returns the negative acknowledgment, after which the transaction must be rolled back; null if there is none. */
    synchronized @Nullable Refusal refusal() {
        return refusal;
    }

    /** Passes all deferred acknowledgments to the container. Later ones are passed on immediately. */
    synchronized void passOn() {
        ended = true;
        answers.forEach(answer -> answer.accept(container));
        answers.clear();
    }

    private synchronized void refuse(Refusal wish, Consumer<Acknowledgment> answer) {
        refusal = wish;
        answer(answer);
    }

    private synchronized void answer(Consumer<Acknowledgment> answer) {
        if (ended) {
            answer.accept(container);
        } else {
            answers.add(answer);
        }
    }
}
