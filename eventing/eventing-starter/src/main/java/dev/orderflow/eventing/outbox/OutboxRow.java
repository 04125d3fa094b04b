package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventMetadata;

/** A row of the outbox as the relay reads it. */
record OutboxRow(long id, String topic, EventMetadata metadata, byte[] payload) {}
