package dev.orderflow.eventing.platform;

import java.util.List;

/** Test classes that state what outbox, inbox and retry promise on any supported platform. */
final class ContractClasses {

    private static final String PACKAGE = "dev.orderflow.eventing.";

    private static final List<String> NAMES = List.of(
            "outbox.OutboxIT",
            "outbox.OutboxReaderIT",
            "outbox.OutboxRelayIT",
            "outbox.IncarnationIT",
            "outbox.LostEventsIT",
            "outbox.ParkedEventsIT",
            "outbox.HeadersMigrationIT",
            "inbox.BatchSavepointsIT",
            "inbox.BatchStatementsIT",
            "inbox.OverrunsIT",
            "retry.ReleaseIT",
            "deadletter.DeadLettersIT",
            "deadletter.ReplayIT",
            "deadletter.ReplayRateIT",
            "deadletter.ReplayFailuresIT",
            "deadletter.HoldsIT",
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
            "CallingOutIT");

    private ContractClasses() {}

    /** Returns the fully qualified names, since most of the classes are visible in their package only. */
    static List<String> names() {
        return NAMES.stream().map(name -> PACKAGE + name).toList();
    }
}
