package dev.orderflow.eventing.admin.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orderflow.eventing.admin.AdminJson;
import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.schema.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit log of operators' actions. A record joins the transaction of its action, so neither is committed without the other. */
public class Audit {

    public static final String REPLAY_REQUESTED = "REPLAY_REQUESTED";
    public static final String REPLAY_FINISHED = "REPLAY_FINISHED";
    public static final String HOLDS_RESENT = "HOLDS_RESENT";
    public static final String HOLDS_GIVEN_UP = "HOLDS_GIVEN_UP";
    public static final String DISCARDED = "DISCARDED";
    public static final String RELEASED = "RELEASED";
    public static final String UNPUBLISHED = "UNPUBLISHED";
    public static final String CIRCUIT_SWITCHED = "CIRCUIT_SWITCHED";

    private static final String RECORD = """
            INSERT INTO eventing.admin_audit (who, action, target, result)
            VALUES (:who, :action, :target::jsonb, :result::jsonb)
            """;

    /** Served by the primary key, or by admin_audit_action. */
    private static final String PAGE = """
            SELECT id, at, who, action, target, result
            FROM eventing.admin_audit
            WHERE %s
            ORDER BY id DESC
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An audited action. {@code target} and {@code result} are JSON. */
    public record Entry(
            UUID id,
            Instant at,
            String who,
            String action,
            @JsonRawValue String target,
            @JsonRawValue String result) {}

    /** Records an action in the current transaction. {@code target} and {@code result} are stored as JSON. */
    public void record(String who, String action, Object target, Object result) {
        jdbc.sql(RECORD)
                .param("who", StorableText.of(who))
                .param("action", action)
                .param("target", AdminJson.write(target))
                .param("result", AdminJson.write(result))
                .update();
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

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                Rows.instant(row, "at"),
                row.getString("who"),
                row.getString("action"),
                row.getString("target"),
                row.getString("result"));
    }
}
