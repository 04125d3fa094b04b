package dev.orderflow.order.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingPlacesTests {

    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void aClientTakesNoMoreThanItsShare() {
        var places = new WaitingPlaces(3, 2, refused::incrementAndGet);
        places.enter("greedy");
        places.enter("greedy");

        assertRefused(places, "greedy");
        places.enter("other");

        assertThat(places.taken()).isEqualTo(3);
        assertThat(refused).hasValue(1);
    }

    @Test
    void allClientsTogetherTakeNoMoreThanAllPlaces() {
        var places = new WaitingPlaces(2, 2, refused::incrementAndGet);
        places.enter("one");
        places.enter("two");

        assertRefused(places, "three");
        places.leave("one");
        places.enter("three");
    }

    @Test
    void aClientThatLeavesIsForgotten() {
        var places = new WaitingPlaces(1, 1, refused::incrementAndGet);

        for (var client = 0; client < 1_000; client++) {
            places.enter("client " + client);
            assertRefused(places, "client " + client);
            places.leave("client " + client);
        }

        assertThat(places.taken()).isZero();
    }

    private static void assertRefused(WaitingPlaces places, String client) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> places.enter(client));
    }
}
