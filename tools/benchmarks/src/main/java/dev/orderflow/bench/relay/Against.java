package dev.orderflow.bench.relay;

import dev.orderflow.bench.Environment;
import dev.orderflow.eventing.outbox.relay.PlainRelay;
import dev.orderflow.eventing.outbox.relay.ReplicationRelay;
import java.util.List;
import java.util.Locale;

/** Baseline for the relay: another way to get the same events to the same topic. */
public enum Against {
    /** Producer with the records in memory: about the maximum that is possible. */
    MEMORY,

    /** Another design of a relay: {@link PlainRelay}. */
    PLAIN {
        @Override
        void prepare(Environment environment, OutboxDatabase database) {
            environment.administer("GRANT pg_checkpoint TO " + DATABASE);
            database.execute(PlainRelay.CREATE_TABLE);
        }

        @Override
        void rewind(OutboxDatabase database) {
            database.execute(PlainRelay.REFILL);
        }
    },

    /** Another design of a relay: {@link ReplicationRelay}. */
    REPLICATION {
        @Override
        List<String> postgresParameters() {
            return List.of(ReplicationRelay.PARAMETER);
        }

        @Override
        void prepare(Environment environment, OutboxDatabase database) {
            environment.administer(String.format(Locale.ROOT, "ALTER ROLE %s REPLICATION", DATABASE));
            database.execute(ReplicationRelay.CREATE_SLOT);
        }

        @Override
        void rewind(OutboxDatabase database) {
            database.execute(ReplicationRelay.REWIND);
        }

        @Override
        void end(OutboxDatabase database) {
            database.execute(ReplicationRelay.DROP_SLOT);
        }
    };

    /** Name of the database with the backlog, and of its owner. */
    static final String DATABASE = "bench_relay";

    /** Returns its request to {@link RelayWorker}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the parameters that PostgreSQL must be started with. */
    List<String> postgresParameters() {
        return List.of();
    }

    /** Prepares the baseline once, with an empty outbox. */
    void prepare(Environment environment, OutboxDatabase database) {}

    /** Makes everything unsent before each measurement. */
    void rewind(OutboxDatabase database) {}

    /** Cleans up after all measurements. */
    void end(OutboxDatabase database) {}
}
