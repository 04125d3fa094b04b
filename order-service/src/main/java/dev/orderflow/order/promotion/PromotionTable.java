package dev.orderflow.order.promotion;

import dev.orderflow.order.promotion.Promotion.Limits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The stored promotions. Joins the current transaction. */
@Repository
class PromotionTable {

    /** Lets one transaction after another change promotions, which bounds their number; changes are rare. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock('promotion'::regclass::oid::int, 0)";

    private static final String COUNT_OTHERS = "SELECT count(*) FROM promotion WHERE rule IS NOT NULL AND id <> :id";

    /** The time increases even if the clock does not, or was wrong. Served by the primary key. */
    private static final String PUT = """
            INSERT INTO promotion AS p (id, version, changed_at, rule)
            VALUES (:id, 1, :now, :rule::jsonb)
            ON CONFLICT (id) DO UPDATE
               SET version = p.version + 1,
                   changed_at = greatest(excluded.changed_at, p.changed_at + interval '1 microsecond'),
                   rule = excluded.rule
            RETURNING new.version, new.changed_at, old.rule IS NULL AS added
            """;

    private static final String REMOVE = """
            UPDATE promotion
               SET version = version + 1,
                   changed_at = greatest(:now::timestamptz, changed_at + interval '1 microsecond'),
                   rule = NULL
             WHERE id = :id AND rule IS NOT NULL
            RETURNING version, changed_at, false AS added
            """;

    private static final String FIND = "SELECT id, version, rule FROM promotion WHERE id = :id AND rule IS NOT NULL";

    /** The primary key (id) serves selection and order. */
    private static final String LIST = """
            SELECT id, version, rule
              FROM promotion
             WHERE id > :after AND rule IS NOT NULL
             ORDER BY id
             LIMIT :limit
            """;

    /** Served by the primary key. */
    private static final String NEWER = """
            SELECT p.id, p.version, p.rule
              FROM promotion p
              JOIN unnest(:ids::uuid[], :versions::bigint[]) AS known (id, version) ON p.id = known.id
             WHERE p.version > known.version
            """;

    private static final Limits NOT_TO_BE_USED = new Limits(0, 0);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PromotionTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A change that was stored. */
    record Change(long version, Instant at, boolean isNew) {}

    void lock() {
        jdbc.sql(LOCK).query((row, number) -> number).single();
    }

    /** Returns how many promotions there are beside this one. */
    long countOthers(UUID id) {
        return jdbc.sql(COUNT_OTHERS).param("id", id).query(Long.class).single();
    }

    Change put(UUID id, PromotionTerms terms, Instant now) {
        return jdbc.sql(PUT)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("rule", json.writeValueAsString(terms))
                .query(PromotionTable::change)
                .single();
    }

    /** Removes a promotion; empty if there is none. */
    Optional<Change> remove(UUID id, Instant now) {
        return jdbc.sql(REMOVE)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(PromotionTable::change)
                .optional();
    }

    Optional<PromotionView> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(this::view).optional();
    }

    /** Lists promotions in the order of their ids. */
    List<PromotionView> list(UUID after, int limit) {
        return jdbc.sql(LIST)
                .param("after", after)
                .param("limit", limit)
                .query(this::view)
                .list();
    }

    /** Returns the limits of those promotions of which there is a newer version; none of a removed one may be used. */
    Map<UUID, Limits> newerLimits(Collection<Promotion> promotions) {
        var limits = new HashMap<UUID, Limits>();
        jdbc.sql(NEWER)
                .param("ids", promotions.stream().map(Promotion::id).toArray(UUID[]::new))
                .param("versions", promotions.stream().map(Promotion::version).toArray(Long[]::new))
                .query((row, number) -> limits.put(row.getObject("id", UUID.class), limits(row.getString("rule"))))
                .list();
        return limits;
    }

    private Limits limits(@Nullable String rule) {
        return rule == null
                ? NOT_TO_BE_USED
                : json.readValue(rule, PromotionTerms.class).limits();
    }

    private static Change change(ResultSet row, int number) throws SQLException {
        return new Change(
                row.getLong("version"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("added"));
    }

    private PromotionView view(ResultSet row, int number) throws SQLException {
        return new PromotionView(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                json.readValue(row.getString("rule"), PromotionTerms.class));
    }
}
