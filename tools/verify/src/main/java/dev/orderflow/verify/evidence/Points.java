package dev.orderflow.verify.evidence;

import dev.orderflow.events.Topics;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries and accounts of loyalty-service. */
public final class Points {

    /**
     * Reads the tables once each and joins them by hashing. Entries and events are written in the same words, such as
     * "AWARDED 15, REVERSED 15", and compared here, so that the words of equal ones need no memory.
     */
    private static final String ENTRIES = """
            WITH entry AS (
                SELECT coalesce(order_id, redemption_id) AS id, min(at) AS at, sum(points) AS points,
                       string_agg(kind, ' ' ORDER BY id) AS kinds,
                       string_agg(kind || ' ' || abs(points), ', ' ORDER BY id) AS words
                FROM points_entry WHERE %2$s GROUP BY coalesce(order_id, redemption_id)
            ), published AS (
                SELECT key,
                       string_agg(upper(split_part(type, '.', 4)) || ' '
                                      || coalesce(convert_from(payload, 'UTF8')::json ->> 'points', 'unknown'),
                                  ', ' ORDER BY sequence) AS words
                FROM outbox WHERE topic = '%1$s' AND %3$s GROUP BY key
            )
            SELECT e.id, e.kinds, e.points, e.at, e.words IS NOT DISTINCT FROM p.words,
                   CASE WHEN e.words IS DISTINCT FROM p.words THEN e.words END,
                   CASE WHEN e.words IS DISTINCT FROM p.words THEN p.words END,
                   p.key
            FROM entry e FULL JOIN published p ON p.key = e.id::text
            """;

    /** Reads the tables once each. */
    private static final String UNBALANCED = """
            SELECT customer, coalesce(balance, 0), coalesce(debt, 0), coalesce(e.points, 0)
            FROM points_account
                 FULL JOIN (SELECT tenant, customer, sum(points) AS points
                            FROM points_entry GROUP BY tenant, customer) e USING (tenant, customer)
            WHERE coalesce(balance, 0) - coalesce(debt, 0) <> coalesce(e.points, 0)
               OR least(balance, debt) <> 0
            """;

    /** Reads the table once. */
    private static final String TOTALS =
            "SELECT count(*), coalesce(sum(balance), 0), coalesce(sum(debt), 0) FROM points_account";

    private final Map<UUID, Entries> bySubject = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final List<Account> unbalanced = new ArrayList<>();
    private Totals totals = new Totals(0, 0, 0);

    /**
     * Entries about one order, or about one redemption.
     *
     * @param kinds       oldest first
     * @param points      their sum
     * @param at          time of the oldest
     * @param isPublished whether there is one event of each, with as many points
     * @param recorded    the entries in words, if they are not published
     * @param events      the events in words, if the entries are not published and there are any
     */
    public record Entries(
            List<String> kinds,
            long points,
            Instant at,
            boolean isPublished,
            @Nullable String recorded,
            @Nullable String events) {}

    /**
     * One customer's account.
     *
     * @param points sum of its entries
     */
    public record Account(String customer, long balance, long debt, long points) {}

    /** Sums over all accounts. */
    public record Totals(long accounts, long balance, long debt) {}

    static Points read(DatabaseSnapshot database, Share share) {
        var points = new Points();
        var lists = new Lists();
        var sql = String.format(
                Locale.ROOT,
                ENTRIES,
                Topics.LOYALTY_EVENTS,
                share.has("coalesce(order_id, redemption_id)", UUID.class),
                share.has("key", String.class));
        database.query(sql, row -> {
            var id = row.getObject(1, UUID.class);
            if (id == null) {
                points.published.add(row.getString(8));
                return;
            }
            points.bySubject.put(
                    id,
                    new Entries(
                            lists.of(row.getString(2)),
                            row.getLong(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            row.getBoolean(5),
                            row.getString(6),
                            row.getString(7)));
        });
        if (share.isFirst()) {
            points.readAccounts(database);
        }
        return points;
    }

    private void readAccounts(DatabaseSnapshot database) {
        database.query(
                UNBALANCED,
                row -> unbalanced.add(new Account(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4))));
        database.query(TOTALS, row -> totals = new Totals(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** {@return the entries by the id of their order or redemption} */
    public Map<UUID, Entries> bySubject() {
        return bySubject;
    }

    /** {@return keys of events about points of which there is no entry} */
    public Set<String> publishedOnly() {
        return published;
    }

    /**
     * Returns, with the first share, the accounts whose balance and debt are not what their entries sum up to, or which
     * have both, or less than none of one; none with the others.
     */
    public List<Account> unbalanced() {
        return unbalanced;
    }

    /** Returns the sums over all accounts with the first share; zeros with the others. */
    public Totals totals() {
        return totals;
    }
}
