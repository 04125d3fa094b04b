package dev.orderflow.verify.evidence;

import java.util.UUID;

/**
 * Identity of a record's event in the ledger. The versions of a fact have one event id, but are separate rows of an outbox and
 * records of a topic. So that none goes unnoticed, the ledger knows each by its id with its version mixed in.
 */
final class EventIdentity {

    /** The newest version of any event that is published in several. */
    static final int NEWEST_VERSION = 2;

    private EventIdentity() {}

    /** Returns the identity of the event with an id; and also the id of the event with an identity. */
    static UUID of(UUID id, int version) {
        // The version of the UUID itself is the same in all ids: no other event has the result.
        return version == 1
                ? id
                : new UUID(id.getMostSignificantBits() ^ ((long) version << 12), id.getLeastSignificantBits());
    }

    /** Returns the major version at the end of a type. A type beyond the known versions counts as the first. */
    static int versionOf(String type) {
        return type.endsWith(".v2") ? NEWEST_VERSION : 1;
    }
}
