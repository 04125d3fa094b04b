package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.schema.TestDatabase;

/** A real database with the starter's tables. Commits are not flushed to disk: no test involves a power failure. */
public class ScheduleDatabase extends TestDatabase {

    public ScheduleDatabase() {
        super(config -> {
            config.setMaximumPoolSize(6);
            config.setConnectionInitSql("SET synchronous_commit = off");
        });
        template.execute("""
                CREATE TABLE effect (
                    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, event_id uuid NOT NULL, account text NOT NULL)
                """);
        template.execute("CREATE INDEX effect_account ON effect (account)");
    }
}
