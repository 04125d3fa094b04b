package dev.orderflow.eventing.fault;

/** Where a record is that was put on a topic. */
record SentRecord(String topic, int partition, long offset) {}
