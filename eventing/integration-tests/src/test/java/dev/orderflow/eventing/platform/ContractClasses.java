package dev.orderflow.eventing.platform;

import java.util.List;
import java.util.stream.Stream;

/** Test classes that also run on other versions of Java, PostgreSQL and Kafka. */
final class ContractClasses {

    static final List<String> NAMES = Stream.of(
                    "outbox.OutboxIT",
                    "outbox.relay.OutboxReaderIT",
                    "outbox.relay.OutboxRelayIT",
                    "outbox.relay.IncarnationIT",
                    "outbox.relay.LostEventsIT",
                    "outbox.relay.ParkedEventsIT",
                    "outbox.relay.HeadersMigrationIT",
                    "inbox.BatchSavepointsIT",
                    "inbox.BatchStatementsIT",
                    "inbox.handler.OverrunsIT",
                    "retry.ReleaseIT",
                    "admin.deadletter.DeadLettersIT",
                    "admin.deadletter.ReplayIT",
                    "admin.deadletter.ReplayRateIT",
                    "admin.deadletter.ReplayFailuresIT",
                    "retry.HoldGaugesIT",
                    "admin.hold.HoldsIT",
                    "upkeep.WitnessedTimeIT",
                    "upkeep.DailyPartitionsIT",
                    "upkeep.OldRowsIT",
                    "upkeep.UpkeepInUseIT",
                    "schema.SchemaMigrationIT",
                    "schema.PrintSqlIT",
                    "schema.LeanClassPathIT",
                    "EventExchangeIT",
                    "OwnSchemaIT",
                    "RedeliveryIT",
                    "RetryIT",
                    "PermanentFailuresIT",
                    "CallingOutIT")
            .map(name -> "dev.orderflow.eventing." + name)
            .toList();

    private ContractClasses() {}
}
