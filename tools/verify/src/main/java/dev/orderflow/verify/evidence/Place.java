package dev.orderflow.verify.evidence;

/** Position of a record. */
public record Place(String topic, int partition, long offset) {

    /**
     * Returns a well-spread hash. The default one grows with the offset in each partition, so that a set of places
     * would fill one stretch of its table and search all of it.
     */
    @Override
    public int hashCode() {
        var mixed = (topic.hashCode() * 31L + partition) * 0x9E3779B97F4A7C15L + offset;
        return Long.hashCode(mixed * 0x9E3779B97F4A7C15L);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
