package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.admin.outbox.ParkingDesk;
import dev.orderflow.eventing.outbox.OutboxDatabase;

/** An outbox for many short plays, and the operator's desk. Commits are not flushed to disk: no play involves a power failure. */
final class PlayedOutbox extends OutboxDatabase {

    final ParkingDesk desk = new ParkingDesk(jdbc, transaction);

    PlayedOutbox() {
        super(config -> config.setConnectionInitSql("SET synchronous_commit = off"));
    }
}
