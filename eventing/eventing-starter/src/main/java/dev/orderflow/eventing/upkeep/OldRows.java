package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;

/** Which rows of a partitioned table are of no more use. */
public interface OldRows {

    PartitionedTable table();

    /** Whether a day stays as long as an earlier one does. */
    boolean areGapless();

    /** Whether the partition can be dropped, as it seems without any lock. */
    boolean isOld(DayPartition partition, Past past);

    /** Drops the partition if {@link #isOld} still holds. */
    void drop(DayPartition partition, Past past);

    /** Deletes old rows of a partition that is never dropped, and returns how many; 0 when there are none left. */
    int delete(String partition, Past past);
}
