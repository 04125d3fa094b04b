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
 * The transaction in which a listener runs. It stores the record ids first, and ends before the container commits the offsets.
 *
 * @param skipped receives the number of records that were not passed to the listener
 */
record ListenerTransaction(Inbox inbox, TransactionOperations transaction, Consumer<Integer> skipped) {

    /** Processes the new records of a batch. */
    @FunctionalInterface
    interface Work {

        /**
         * @param fresh ids that were stored now. Remove an id when it is used: if it occurs twice in the batch, only its first
         *              record is new
         */
        void handle(Set<UUID> fresh, TransactionStatus status);
    }

    /**
     * Commits the effects of {@code work} together with the ids of {@code messages}, or rolls back both.
     * <p>
     * After a rebalance, two instances may have the same record. Its row in the inbox serializes them: the second instance waits
     * for the first, then skips the record, or handles it if the first has rolled back.
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
