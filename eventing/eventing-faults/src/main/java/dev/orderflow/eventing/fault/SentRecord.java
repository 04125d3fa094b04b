package dev.orderflow.eventing.fault;

/** The place of a record that was sent to a topic. */
record SentRecord(String topic, int partition, long offset) {}
