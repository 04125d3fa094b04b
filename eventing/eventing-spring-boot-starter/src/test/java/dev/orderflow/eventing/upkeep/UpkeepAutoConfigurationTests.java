package dev.orderflow.eventing.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.RetentionClock;
import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class UpkeepAutoConfigurationTests extends WiringTests {

    UpkeepAutoConfigurationTests() {
        super(UpkeepAutoConfiguration.class);
    }

    @Test
    void anyApplicationKeepsItsTablesSmall() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(DailyPartitions.class)
                        .hasSingleBean(PartitionSchedule.class)
                        .hasSingleBean(InboxRetention.class)
                        .hasSingleBean(RetentionClock.class));
    }
}
