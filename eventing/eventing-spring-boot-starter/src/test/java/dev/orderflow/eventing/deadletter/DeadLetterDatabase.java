package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.schema.TestDatabase;

/** A separate database for the dead letters of many consumers. */
class DeadLetterDatabase extends TestDatabase {

    DeadLetterDatabase() {
        super(config -> {
            config.setMaximumPoolSize(12);
            config.setConnectionTimeout(3000);
        });
        RecordingRequeue.createTable(jdbc);
    }
}
