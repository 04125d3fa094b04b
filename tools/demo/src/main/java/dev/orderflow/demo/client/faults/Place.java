package dev.orderflow.demo.client.faults;

/** Position of a written record. */
record Place(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
