package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.deadletter.RecordingRequeue;
import dev.orderflow.eventing.schema.TestDatabase;

/** A separate database for the dead letters of many consumers. */
public class DeadLetterDatabase extends TestDatabase {

    public DeadLetterDatabase() {
        super(config -> {
            config.setMaximumPoolSize(12);
            config.setConnectionTimeout(3000);
        });
        RecordingRequeue.createTable(jdbc);
    }
}
