package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.inbox.Inbox;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The transaction in which a listener runs: it begins by remembering records and ends before the container commits their offsets.
 *
 * @param skipped is told how many records were not given to the listener
 */
record ListenerTransaction(Inbox inbox, TransactionOperations transaction, Consumer<Integer> skipped) {

    /** Work on those records of a batch that were never handled. */
    @FunctionalInterface
    interface Work {

        /** @param fresh ids that are remembered now; an id that is there twice is new only once, so each use removes its id */
        void handle(Set<UUID> fresh, TransactionStatus status);
    }

    /**
     * Commits what {@code work} has done together with the memory of {@code messages}, or neither.
     * <p>
     * Two instances that have the same record after a rebalance are serialized by its row in the inbox: the second waits for the first
     * and then skips it, or handles it when the first has rolled back.
     */
    void run(List<? extends ConsumerRecord<?, ?>> messages, Work work) {
        transaction.executeWithoutResult(status -> {
            var fresh = inbox.firstSeen(
                    messages.stream().map(RecordIdentity::of).distinct().toList());
            var known = messages.size() - fresh.size();
            if (known > 0) {
                skipped.accept(known);
            }
            work.handle(fresh, status);
        });
    }
}
