package dev.orderflow.hub.store;

/** The place of a record. */
record Place(String topic, int partition, long offset) {}
