package dev.orderflow.bench.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.orderflow.eventing.wire.EventJson;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrdersTests {

    @Test
    void anOrderHasAboutSixHundredBytes() {
        var json = new EventJson();

        assertThat(LongStream.range(0, 1_000)
                        .map(number -> json.write(Orders.placed(Orders.id(1, number), number)).length)
                        .average())
                .hasValueCloseTo(600.0, withinPercentage(10));
    }

    @Test
    void idsDiffer() {
        assertThat(LongStream.range(0, 300_000)
                        .mapToObj(number -> Orders.id(1, number))
                        .distinct())
                .hasSize(300_000);
        assertThat(Orders.id(1, 5)).isNotEqualTo(Orders.id(2, 5));
    }
}
