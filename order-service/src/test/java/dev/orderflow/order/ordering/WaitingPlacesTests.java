package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.OverloadedException;
import org.junit.jupiter.api.Test;

class WaitingPlacesTests {

    @Test
    void aClientTakesNoMoreThanItsShare() {
        var places = new WaitingPlaces(3, 2);
        places.enter("greedy");
        places.enter("greedy");

        assertRefused(places, "greedy");
        places.enter("other");

        assertThat(places.taken()).isEqualTo(3);
    }

    @Test
    void allTogetherTakeNoMoreThanThereAre() {
        var places = new WaitingPlaces(2, 2);
        places.enter("one");
        places.enter("two");

        assertRefused(places, "three");
        places.leave("one");
        places.enter("three");
    }

    @Test
    void whoLeavesIsForgotten() {
        var places = new WaitingPlaces(1, 1);

        for (var client = 0; client < 1_000; client++) {
            places.enter("client " + client);
            assertRefused(places, "client " + client);
            places.leave("client " + client);
        }

        assertThat(places.taken()).isZero();
    }

    private static void assertRefused(WaitingPlaces places, String client) {
        assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> places.enter(client));
    }
}
