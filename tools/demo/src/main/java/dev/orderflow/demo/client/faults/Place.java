package dev.orderflow.demo.client.faults;

/** Where a record was put. */
record Place(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
