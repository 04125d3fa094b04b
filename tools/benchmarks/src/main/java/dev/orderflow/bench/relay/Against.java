package dev.orderflow.bench.relay;

import dev.orderflow.bench.Environment;
import dev.orderflow.eventing.outbox.PlainRelay;
import dev.orderflow.eventing.outbox.ReplicationRelay;
import java.util.List;
import java.util.Locale;

/** What the relay is measured against: another way to get the same events to the same topic. */
public enum Against {
    /** A producer that has the records in memory: about the most that can be had. */
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

    /** Where the backlog is, and who owns it. */
    static final String DATABASE = "bench_relay";

    /** What {@link RelayWorker} is asked for. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What PostgreSQL has to be started with. */
    List<String> postgresParameters() {
        return List.of();
    }

    /** Once, when there is an empty outbox. */
    void prepare(Environment environment, OutboxDatabase database) {}

    /** Before each measurement, so that nothing is sent yet. */
    void rewind(OutboxDatabase database) {}

    /** When all has been measured. */
    void end(OutboxDatabase database) {}
}
