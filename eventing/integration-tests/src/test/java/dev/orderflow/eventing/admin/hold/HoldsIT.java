package dev.orderflow.eventing.admin.hold;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.deadletter.DeadEvents.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.deadletter.DeadLetterDatabase;
import dev.orderflow.eventing.admin.deadletter.DeadLetterDesk;
import dev.orderflow.eventing.retry.HoldState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HoldsIT {

    private static DeadLetterDatabase database;

    private final DeadLetterDesk desk = new DeadLetterDesk(database);
    private final Holds holds = new Holds(desk.jdbc, desk.consumer);

    @BeforeAll
    static void openDatabase() {
        database = new DeadLetterDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void eachTellsForWhichItWaits() {
        var first = desk.hold("a", "RETRYING");
        var second = desk.hold("a", "HELD");
        var third = desk.hold("a", "HELD");
        var other = desk.dies("b");

        assertThat(holds.page(query(null, null, null, null)).items())
                .extracting(Holds.View::eventId, Holds.View::state, Holds.View::waitsFor)
                .containsExactly(
                        tuple(first, HoldState.RETRYING, null),
                        tuple(second, HoldState.HELD, first),
                        tuple(third, HoldState.HELD, first),
                        tuple(other, HoldState.DEAD, null));
    }

    @Test
    void holdsCanBeFilteredAndPagedInTheirOrder() {
        desk.hold("a", "RETRYING");
        desk.hold("b", "HELD");
        desk.hold("b", "PARKED");

        assertThat(holds.page(query("b", null, null, null)).items())
                .extracting(Holds.View::state)
                .containsExactly(HoldState.HELD, HoldState.PARKED);
        assertThat(holds.page(query(null, HoldState.PARKED, null, null)).items())
                .singleElement()
                .returns(2, Holds.View::attempts)
                .returns(TOPIC, Holds.View::topic)
                .returns(TYPE, Holds.View::type);
        var page = holds.page(query(null, null, 2, null));
        assertThat(page.items()).hasSize(2);
        assertThat(holds.page(query(null, null, 2, page.nextCursor())))
                .returns(null, Page::nextCursor)
                .satisfies(last -> assertThat(last.items()).hasSize(1));
    }

    @Test
    void theSummaryCountsByState() {
        assertThat(holds.summary()).isEqualTo(new Holds.Summary(0, 0, 0, 0, null));
        desk.hold("a", "RETRYING");
        desk.hold("a", "HELD");
        desk.hold("b", "HELD");
        desk.hold("c", "PARKED");
        desk.dies("d");

        var oldest = holds.page(query("a", null, 1, null)).items().getFirst().since();
        assertThat(holds.summary()).isEqualTo(new Holds.Summary(1, 2, 1, 1, oldest));
    }

    private static Holds.Query query(
            @Nullable String key, @Nullable HoldState state, @Nullable Integer limit, @Nullable String cursor) {
        return new Holds.Query(null, key, null, state, limit, cursor);
    }
}
