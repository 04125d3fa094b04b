package dev.orderflow.order.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingPlacesTests {

    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void aClientTakesNoMoreThanItsShare() {
        var places = new WaitingPlaces(3, 2, this::limit, refused::incrementAndGet);
        places.enter("greedy", "demo");
        places.enter("greedy", "demo");

        assertRefused(places, "greedy");
        places.enter("other", "demo");

        assertThat(places.taken()).isEqualTo(3);
        assertThat(refused).hasValue(1);
    }

    @Test
    void allClientsTogetherTakeNoMoreThanAllPlaces() {
        var places = new WaitingPlaces(2, 2, this::limit, refused::incrementAndGet);
        places.enter("one", "demo");
        places.enter("two", "demo");

        assertRefused(places, "three");
        places.leave("one", "demo");
        places.enter("three", "demo");
    }

    @Test
    void aClientThatLeavesIsForgotten() {
        var places = new WaitingPlaces(1, 1, this::limit, refused::incrementAndGet);

        for (var client = 0; client < 1_000; client++) {
            places.enter("client " + client, "demo");
            assertRefused(places, "client " + client);
            places.leave("client " + client, "demo");
        }

        assertThat(places.taken()).isZero();
    }

    @Test
    void allClientsOfATenantTakeNoMoreThanItsShare() {
        var places = new WaitingPlaces(9, 9, this::limit, refused::incrementAndGet);
        for (var client : List.of("one", "two", "three")) {
            places.enter(client, "demo");
        }

        assertRefused(places, "four");
        assertThat(refused).hasValue(1);
        places.enter("five", "other");
        places.leave("one", "demo");
        places.enter("four", "demo");
        assertThat(places.taken()).isEqualTo(4);
    }

    private void limit(String tenant, int waiting) {
        if (waiting > 3) {
            throw Refusal.overloaded(tenant);
        }
    }

    private static void assertRefused(WaitingPlaces places, String client) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> places.enter(client, "demo"));
    }
}
