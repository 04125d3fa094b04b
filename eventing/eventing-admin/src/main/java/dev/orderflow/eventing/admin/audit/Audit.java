package dev.orderflow.eventing.admin.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.eventing.admin.AdminJson;
import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.schema.StorableText;
import dev.orderflow.eventing.wire.LogText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The audit log of operators' actions. A record joins the transaction of its action, so neither is committed without the other.
 * <p>
 * The database only lets entries be added. Each has a hash of itself and of the entry before it, which is also logged. So a change
 * by someone with more rights shows.
 */
public class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    public static final String REPLAY_REQUESTED = "REPLAY_REQUESTED";
    public static final String REPLAY_FINISHED = "REPLAY_FINISHED";
    public static final String HOLDS_RESENT = "HOLDS_RESENT";
    public static final String HOLDS_GIVEN_UP = "HOLDS_GIVEN_UP";
    public static final String DISCARDED = "DISCARDED";
    public static final String RELEASED = "RELEASED";
    public static final String UNPUBLISHED = "UNPUBLISHED";
    public static final String CIRCUIT_SWITCHED = "CIRCUIT_SWITCHED";
    public static final String TENANT_SWITCHED = "TENANT_SWITCHED";

    private static final String RECORD = """
            INSERT INTO eventing.admin_audit (who, tenant, action, target, result)
            VALUES (:who, :tenant, :action, :target::jsonb, :result::jsonb)
            RETURNING number, encode(hash, 'hex') AS hash
            """;

    /** Served by the primary key, or by admin_audit_action. */
    private static final String PAGE = """
            SELECT number, id, at, who, tenant, action, target, result, encode(hash, 'hex') AS hash
            FROM eventing.admin_audit
            WHERE %s
            ORDER BY id DESC
            LIMIT :limit
            """;

    /** Reads the whole log in the order of the index on number. */
    private static final String CHECK = """
            SELECT count(*) AS entries, min(number) FILTER (WHERE hash <> expected OR number <> place) AS first_altered
            FROM (SELECT number, hash, row_number() OVER numbered AS place,
                         eventing.admin_audit_hash(entry, lag(hash) OVER numbered) AS expected
                  FROM eventing.admin_audit entry
                  WINDOW numbered AS (ORDER BY number)) chain
            """;

    private final JdbcClient jdbc;

    public Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An audited action.
     *
     * @param tenant that of who acted; null without access tokens
     * @param target JSON
     * @param result JSON
     */
    public record Entry(
            long number,
            UUID id,
            Instant at,

            @PersonalData(value = "who did it", kept = "for good", erased = "kept as evidence")
            String who,

            @Nullable String tenant,
            String action,
            @JsonRawValue String target,
            @JsonRawValue String result,
            String hash) {}

    /**
     * Result of a check.
     *
     * @param firstAltered number of the first entry that is not what was recorded, or follows a missing one; null if there is none
     */
    record Check(long entries, @Nullable Long firstAltered) {}

    /**
     * Records an action in the current transaction, and the tenant of the current request. {@code target} and {@code result} are
     * stored as JSON. The log has the entry after the commit only: another entry gets the number of one that is rolled back.
     */
    public void record(String who, String action, Object target, Object result) {
        var tenant = EventContext.current().tenantId();
        jdbc.sql(RECORD)
                .param("who", StorableText.of(who))
                .param("tenant", StorableText.ofNullable(tenant), Types.VARCHAR)
                .param("action", action)
                .param("target", AdminJson.write(target))
                .param("result", AdminJson.write(result))
                .query((row, count) -> {
                    var number = row.getLong("number");
                    var hash = row.getString("hash");
                    afterCommit(() -> LOG.info(
                            "audit=recorded number={} action={} who={} tenant={} hash={}",
                            number,
                            action,
                            LogText.of(who),
                            LogText.of(String.valueOf(tenant)),
                            hash));
                    return number;
                })
                .single();
    }

    /** Computes all hashes again. Entries that are missing at the end show only in comparison with the application's log. */
    Check check() {
        return jdbc.sql(CHECK)
                .query((row, number) -> new Check(row.getLong("entries"), row.getObject("first_altered", Long.class)))
                .single();
    }

    /** Returns a page of entries, the newest first. */
    public Page<Entry> page(@Nullable String action, int limit, @Nullable String cursor) {
        var conditions = new Conditions()
                .and("action = :action", "action", StorableText.ofNullable(action))
                .and("id < :last", "last", CursorToken.read(cursor, UUID::fromString));
        var found = jdbc.sql(String.format(Locale.ROOT, PAGE, conditions.sql()))
                .param("limit", limit + 1)
                .params(conditions.parameters())
                .query(Audit::entry)
                .list();
        return Page.of(found, limit, entry -> entry.id().toString());
    }

    /** Runs {@code action} at once if there is no transaction. */
    private static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("number"),
                row.getObject("id", UUID.class),
                Rows.instant(row, "at"),
                row.getString("who"),
                row.getString("tenant"),
                row.getString("action"),
                row.getString("target"),
                row.getString("result"),
                row.getString("hash"));
    }
}
