package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.deadletter.RecordingRequeue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the REST resources of a service with the starter. */
class AdminRestIT extends AdminRestFixture {

    @Test
    void aLetterIsListedSummarizedAndShown() {
        var id = dies("listed.v1");

        var item = assertThat(get("/admin/dead-letters?type=listed.v1&state=DEAD&from=2020-01-01T00:00:00Z&cursor="))
                .hasStatusOk()
                .bodyJson();
        item.extractingPath("$.items.length()").isEqualTo(1);
        item.extractingPath("$.items[0].eventId").isEqualTo(id.toString());
        item.extractingPath("$.items[0].attempts").isEqualTo(1);
        item.extractingPath("$.items[0].heldBehind").isEqualTo(0);
        item.extractingPath("$.nextCursor").isNull();

        assertThat(get("/admin/dead-letters/summary"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[?(@.type == 'listed.v1')].count")
                .isEqualTo(List.of(1));

        var details = assertThat(get("/admin/dead-letters/" + id)).hasStatusOk().bodyJson();
        details.extractingPath("$.attempts[0].exception").isEqualTo("x.Y");
        details.extractingPath("$.payload.account").isEqualTo("a");
        details.extractingPath("$.headers.ce_type").isEqualTo("listed.v1");
        details.extractingPath("$.rootCause").isEqualTo("java.lang.IllegalStateException: broken");
    }

    @Test
    void aReplayIsAcceptedDoneAndAudited() {
        var id = dies("replayed.v1");
        var body = "{\"filter\":{\"type\":\"replayed.v1\"},\"dryRun\":%s,\"ratePerSecond\":100}";

        assertThat(post("/admin/dead-letters/replay", String.format(Locale.ROOT, body, true)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"dryRun\":true,\"matching\":1,\"heldBehind\":0}");

        var accepted = post("/admin/dead-letters/replay", String.format(Locale.ROOT, body, false));
        assertThat(accepted).hasStatus(HttpStatus.ACCEPTED);
        var location = accepted.getResponse().getHeader("Location");
        assertThat(location).startsWith("/admin/dead-letters/replays/");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get(location))
                                .hasStatusOk()
                                .bodyJson()
                                .isLenientlyEqualTo(
                                        "{\"requestedBy\":\"unauthenticated:ann\",\"state\":\"DONE\",\"total\":1,\"replaying\":1}"));
        assertThat(new RecordingRequeue(jdbc, GROUP).sent()).containsExactly(id);
        assertThat(get("/admin/dead-letters/replays"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0].ratePerSecond")
                .isEqualTo(100.0);
        assertThat(get("/admin/audit?action=REPLAY_FINISHED&limit=1"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"who\":\"unauthenticated:ann\",\"result\":{\"replaying\":1}}]}");
    }

    @Test
    void lettersAreDiscardedWithAReason() {
        var id = dies("discarded.v1");
        var body = "{\"ids\":[\"" + id + "\"],\"reason\":\"test order\",\"dryRun\":%s}";

        assertThat(post("/admin/dead-letters/discard", String.format(Locale.ROOT, body, true)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"matching\":1}");
        assertThat(post("/admin/dead-letters/discard", String.format(Locale.ROOT, body, false)))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"discarded\":1,\"released\":0}");
        assertThat(get("/admin/audit?action=DISCARDED&limit=1"))
                .bodyJson()
                .extractingPath("$.items[0].target.reason")
                .isEqualTo("test order");
    }

    /** Other tests may have left events on the broker that this service also holds. */
    @Test
    void holdsAreListedAndCounted() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES (?, ?, 'test', ?, 'held.v1', 'PARKED', 1, 0, now(), '[]', 0, 0)
                """).params(GROUP, id, id.toString()).update();

        assertThat(get("/admin/holds?state=PARKED&limit=1&key=" + id))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"eventId\":\"" + id + "\",\"state\":\"PARKED\",\"waitsFor\":null}]}");
        assertThat(get("/admin/holds/summary"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.parked")
                .satisfies(parked -> assertThat((Integer) parked).isPositive());
    }

    @Test
    void heldEventsAreSentAgainOrGivenUpWithAReason() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset, headers, payload)
                VALUES (?, ?, 'test', ?, 'held.v1', 'RETRYING', 1, 1, now() + interval '1 hour', '[]', 0, 0, '[]', '{}')
                """).params(GROUP, id, id.toString()).update();

        assertThat(post("/admin/holds/resend", "{\"ids\":[\"" + id + "\",\"" + UUID.randomUUID() + "\"]}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"resent\":1,\"parked\":0,\"dead\":0,\"unchanged\":1}");
        assertThat(post("/admin/holds/give-up", "{\"ids\":[\"" + id + "\"],\"reason\":\"a test\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"released\":0}");
        assertThat(get("/admin/audit?action=HOLDS_RESENT&limit=1"))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"who\":\"unauthenticated:ann\",\"target\":{\"event\":\"" + id + "\"}}]}");
        assertThat(get("/admin/holds?key=" + id))
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(0);
    }

    private UUID dies(String type) {
        var event = DeadEvents.event(DeadEvents.source("a", type), false, new IllegalStateException("broken"), 1);
        new TransactionTemplate(transactions).executeWithoutResult(status -> letters.died(List.of(event)));
        return event.source().id();
    }
}
