package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.ofType;
import static dev.orderflow.eventing.deadletter.DeadEvents.HANDLER;
import static dev.orderflow.eventing.deadletter.DeadEvents.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.RefusedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLetterQueriesIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static DeadLetterDatabase database;

    private final DeadLetterDesk desk = new DeadLetterDesk(database);

    @BeforeAll
    static void openDatabase() {
        database = new DeadLetterDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void pagesShowEachLetterOnceTheNewestFirstAlsoWhenManyDiedAtTheSameTime() {
        var dead = IntStream.range(0, 7)
                .mapToObj(number -> desk.dies("k" + number))
                .toList();
        dead.forEach(id -> desk.diedAt(id, NOON));
        desk.diedAt(dead.get(3), NOON.plusSeconds(1));

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = desk.queries.page(DeadLetterDesk.query(null, 3, cursor));
            page.items().forEach(letter -> seen.add(letter.eventId()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(dead).startsWith(dead.get(3));
    }

    @Test
    void eachFilterLeavesOutWhatDiffers() {
        var one = desk.dies("a", "one.v1", new IllegalStateException("no 1"));
        var two = desk.dies("b", "two.v1", new IllegalStateException("no 2"));
        var three = desk.dies("c", "two.v1", new ArithmeticException("by 0"));
        desk.diedAt(one, NOON);
        desk.diedAt(two, NOON.plusSeconds(1));
        desk.diedAt(three, NOON.plusSeconds(2));
        desk.letters.tookEffect(List.of(three));

        assertThat(found("two.v1", null, null, null, null, null)).containsExactly(three, two);
        assertThat(found(null, HANDLER, null, null, null, null)).containsExactly(three, two, one);
        assertThat(found(null, "other", null, null, null, null)).isEmpty();
        assertThat(found(null, null, "java.lang.ArithmeticException", null, null, null))
                .containsExactly(three);
        assertThat(found(null, null, null, TOPIC, "b", "")).containsExactly(two);
        assertThat(found(null, null, null, "other", null, null)).isEmpty();
        assertThat(found(null, null, null, null, null, "java.lang.IllegalStateException: no <n>"))
                .containsExactly(two, one);
        assertThat(found(null, null, null, null, null, "java.lang.IllegalStateException: no 99"))
                .containsExactly(two, one);
        assertThat(found(query(DeadLetter.State.DEAD, null, null))).containsExactly(two, one);
        assertThat(found(query(null, NOON.plusSeconds(1), NOON.plusSeconds(2)))).containsExactly(two);
    }

    @Test
    void aValueIsNeverSql() {
        desk.dies("a");
        assertThat(found("' OR TRUE --", null, null, null, "\0", null)).isEmpty();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        assertThatThrownBy(() -> desk.queries.page(DeadLetterDesk.query(null, 1, CursorToken.of("17"))))
                .isInstanceOf(RefusedRequest.Invalid.class);
    }

    @Test
    void theSummaryCountsWhatDiedOfTheSame() {
        desk.dies("a", TYPE, new IllegalStateException("no 1"));
        var last = desk.dies("b", TYPE, new IllegalStateException("no 2"));
        var closed = desk.dies("c", TYPE, new IllegalStateException("no 3"));
        desk.dies("d", TYPE, new ArithmeticException("by 0"));
        desk.letters.tookEffect(List.of(closed));

        var groups = desk.queries.summary(null);
        assertThat(groups)
                .extracting(
                        DeadLetterQueries.Group::rootCause,
                        DeadLetterQueries.Group::state,
                        DeadLetterQueries.Group::count)
                .containsExactly(
                        tuple("java.lang.IllegalStateException: no <n>", DeadLetter.State.DEAD, 2L),
                        tuple("java.lang.ArithmeticException: by <n>", DeadLetter.State.DEAD, 1L),
                        tuple("java.lang.IllegalStateException: no <n>", DeadLetter.State.REPLAYED, 1L));
        assertThat(groups.getFirst().last()).isEqualTo(desk.letter(last).diedAt());
        assertThat(desk.queries.summary(DeadLetter.State.REPLAYED)).hasSize(1);
    }

    @Test
    void aLetterTellsHowManyWaitBehindIt() {
        desk.hold("a", "RETRYING");
        var first = desk.dies("a");
        desk.hold("a", "PARKED");
        desk.hold("a", "PARKED");
        desk.hold("b", "PARKED");
        var alone = desk.diesAlone("b");

        assertThat(desk.letter(first).heldBehind()).isEqualTo(2);
        assertThat(desk.letter(alone).heldBehind()).isZero();
    }

    @Test
    void aDryRunTellsWhatWouldBeDoneAndDoesNothing() {
        var dead = desk.dies("a");
        desk.hold("a", "PARKED");
        desk.dies("b", "other.v1", new IllegalStateException());
        var closed = desk.dies("c");
        desk.letters.tookEffect(List.of(closed));

        var states = Set.of(DeadLetter.State.DEAD);
        assertThat(desk.queries.dryRun(ofType(TYPE), states)).isEqualTo(new DeadLetterQueries.DryRun(true, 1, 1));
        assertThat(desk.queries.dryRun(all(), states).matching()).isEqualTo(2);
        assertThat(desk.stateOf(dead)).isEqualTo(DeadLetter.State.DEAD);
    }

    @Test
    void aPageDoesNotConsistOfMegabytesOfKeys() {
        var key = "k".repeat(1_000_000);
        desk.diesAlone(key);

        assertThat(desk.queries.page(DeadLetterDesk.query(null, null, null)).items())
                .singleElement()
                .returns(key.substring(0, 1_000), DeadLetter::key);
        assertThat(found(null, null, null, null, key, null)).hasSize(1);
    }

    @Test
    void anotherConsumersLettersAreNotSeen() {
        var id = desk.dies("a");
        var other = new DeadLetterDesk(database);

        assertThat(other.queries.page(DeadLetterDesk.query(null, null, null)).items())
                .isEmpty();
        assertThatThrownBy(() -> other.letter(id)).isInstanceOf(RefusedRequest.Unknown.class);
    }

    @Test
    void aLetterHasTheTenantOfItsEvent() {
        var mine = desk.dies("a");
        var others = desk.dies("b");
        var foreign = desk.dies("c");
        var unknown = desk.dies("d");
        var repeated = desk.dies("e");
        var revoked = desk.dies("f");
        desk.headers(mine, tenant("acme"));
        desk.headers(others, tenant("acme2"));
        desk.headers(foreign, new RecordHeader("ce_tenantid", new byte[] {0, (byte) 0xff}));
        desk.headers(unknown, new RecordHeader("\0{\"name\":\"ce_tenantid\",\"base64\":\"YWNtZQ==\"}", new byte[0]));
        desk.headers(repeated, tenant("acme"), tenant("last"));
        desk.headers(revoked, tenant("acme"), new RecordHeader("ce_tenantid", (byte[]) null));

        assertThat(found(DeadLetterDesk.ofTenant("acme"))).containsExactly(mine);
        assertThat(found(DeadLetterDesk.ofTenant("last"))).containsExactly(repeated);
        assertThat(found(DeadLetterDesk.ofTenant("ac"))).isEmpty();
        assertThat(desk.letter(mine).tenant()).isEqualTo("acme");
        assertThat(desk.letter(others).tenant()).isEqualTo("acme2");
        assertThat(desk.letter(foreign).tenant()).isNotNull();
        assertThat(desk.letter(unknown).tenant()).isNull();
        assertThat(desk.letter(repeated).tenant()).isEqualTo("last");
        assertThat(desk.letter(revoked).tenant()).isNull();
    }

    private static RecordHeader tenant(String name) {
        return new RecordHeader("ce_tenantid", name.getBytes(UTF_8));
    }

    private List<UUID> found(
            @Nullable String type,
            @Nullable String handler,
            @Nullable String exception,
            @Nullable String topic,
            @Nullable String key,
            @Nullable String rootCause) {
        return found(new DeadLetterQueries.Query(
                null, type, handler, exception, topic, key, null, rootCause, null, null, null, null));
    }

    private List<UUID> found(DeadLetterQueries.Query query) {
        return desk.queries.page(query).items().stream()
                .map(DeadLetter::eventId)
                .toList();
    }

    private static DeadLetterQueries.Query query(
            DeadLetter.@Nullable State state, @Nullable Instant from, @Nullable Instant to) {
        return new DeadLetterQueries.Query(state, null, null, null, null, null, null, null, from, to, null, null);
    }
}
