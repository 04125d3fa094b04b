package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.outbox.relay.SteppedRelay.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One order of the steps of a relay, of a relay that takes over, and of an operator, played with its own key. */
final class ParkingPlay {

    /** Steps: the relay {@code a}, the take-over, the relay {@code b}, and the operator's next action. */
    private static final char FIRST_RELAY = 'a';

    static final char TAKE_OVER = 'T';
    static final char SECOND_RELAY = 'b';
    private static final char OPERATOR = 'o';

    /** The operator's actions: the number of an event to discard, or this value. */
    static final int RELEASE = 0;

    /** Less than the number of events of a key. */
    private static final int CLAIMED_AT_ONCE = 1;

    private final PlayedOutbox database;
    private final String order;
    private final List<Integer> actions;
    private final List<Integer> refusals;
    private final String key = UUID.randomUUID().toString();
    private final int bucket = Buckets.of(OutboxDatabase.TOPIC, key);
    private final List<UUID> events;
    private final List<OutboxRow> outbox;
    private final List<Long> published = new ArrayList<>();
    private final Set<Long> discarded = new HashSet<>();
    private final Map<Long, Integer> refused = new HashMap<>();
    private boolean brokerTakesAll;
    private SteppedRelay first;
    private SteppedRelay second;
    private int acted;

    /** @param refusals per event, how often the broker refuses it before it accepts it */
    ParkingPlay(PlayedOutbox database, String order, List<Integer> actions, List<Integer> refusals) {
        this.database = database;
        this.order = order;
        this.actions = actions;
        this.refusals = refusals;
        var rows = refusals.stream().map(each -> row(key, "")).toList();
        var last = database.jdbc
                .sql("SELECT coalesce(max(id), 0) FROM outbox")
                .query(Long.class)
                .single();
        database.commit(rows.toArray(Row[]::new));
        events = rows.stream().map(Row::eventId).toList();
        outbox = database.jdbc
                .sql("""
                        SELECT id, event_id, topic, key, type, sequence, forwarded, headers, payload
                        FROM outbox WHERE id > ? ORDER BY id
                        """)
                .param(last)
                .query(new OutboxReader(database.template, "test")::row)
                .list();
    }

    void play() {
        first = own();
        order.chars().forEach(step -> {
            switch (step) {
                case FIRST_RELAY -> first.step();
                case TAKE_OVER -> takeOver();
                case SECOND_RELAY -> stepSecond();
                case OPERATOR -> act(actions.get(acted++));
                default -> throw new IllegalArgumentException(order);
            }
        });
        settle();
        verifyNothingWaitsBehindNothing();
        brokerTakesAll = true;
        database.desk.release(OutboxDatabase.TOPIC, key);
        settle();
        assertThat(states()).as(toString()).isEmpty();
        startOverFromTheBeginning();
        assertThat(published.stream().distinct())
                .as(toString())
                .containsExactlyElementsOf(
                        ids().stream().filter(id -> !discarded.contains(id)).toList());
    }

    private List<Long> ids() {
        return outbox.stream().map(OutboxRow::id).toList();
    }

    private void act(int action) {
        if (action == RELEASE) {
            database.desk.release(OutboxDatabase.TOPIC, key);
        } else if (database.desk.discard(events.get(action - 1))) {
            discarded.add(outbox.get(action - 1).id());
        }
    }

    private SteppedRelay own() {
        var instance = UUID.randomUUID();
        var leases = new BucketLeases(database.jdbc, instance, Duration.ofHours(1));
        leases.extend();
        database.jdbc
                .sql("UPDATE outbox_bucket SET owner = ? WHERE bucket = ?")
                .params(instance, bucket)
                .update();
        var parked = new ParkedEvents(
                database.jdbc,
                database.transaction,
                new OutboxReader(database.template, "test"),
                leases,
                Duration.ofHours(1),
                CLAIMED_AT_ONCE,
                System::nanoTime);
        var relay = new SteppedRelay(parked, Set.of(bucket), outbox, this::takes);
        relay.start();
        return relay;
    }

    /** Fences the first relay: it sends no events from the outbox any more, and claimed events only until the claim expires. */
    private void takeOver() {
        first.fence();
        second = own();
    }

    private void stepSecond() {
        if (!first.isSending()) {
            expireClaimsOfTheFirst();
        }
        second.step();
    }

    private void expireClaimsOfTheFirst() {
        database.jdbc.sql("""
                        UPDATE outbox_parked SET sending_until = now() - interval '1 second'
                        FROM outbox_bucket b
                        WHERE b.bucket = outbox_parked.bucket AND sending_by <> b.owner AND topic = ? AND key = ?
                        """).params(OutboxDatabase.TOPIC, key).update();
    }

    private Answer takes(OutboxRow row) {
        var refusal = refusals.get(ids().indexOf(row.id()));
        if (!brokerTakesAll && refused.merge(row.id(), 1, Integer::sum) <= refusal) {
            return Answer.REFUSED_FOR_GOOD;
        }
        published.add(row.id());
        return Answer.TAKEN;
    }

    private void settle() {
        if (second == null) {
            repeat(first);
        } else {
            repeat(first);
            expireClaimsOfTheFirst();
            repeat(second);
        }
    }

    private static void repeat(SteppedRelay relay) {
        var idle = 0;
        for (var steps = 0; idle < 2; steps++) {
            assertThat(steps).isLessThan(100);
            idle = relay.step() ? idle + 1 : idle;
        }
    }

    private void startOverFromTheBeginning() {
        repeat(own());
    }

    private void verifyNothingWaitsBehindNothing() {
        var states = states();
        if (!states.isEmpty()) {
            assertThat(states.getFirst()).as(toString()).isEqualTo("PARKED refused");
        }
    }

    private List<String> states() {
        return database.jdbc
                .sql("""
                        SELECT state || CASE WHEN cause IS NULL THEN '' ELSE ' refused' END
                        FROM outbox_parked WHERE topic = ? AND key = ? ORDER BY id
                        """)
                .params(OutboxDatabase.TOPIC, key)
                .query(String.class)
                .list();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "steps %s, actions %s, refusals %s, outbox %s, published %s, discarded %s",
                order,
                actions,
                refusals,
                ids(),
                published,
                discarded);
    }
}
