package dev.orderflow.eventing.deadletter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators did. A record joins the transaction of the action: neither is there without the other. */
public class Audit {

    static final String REPLAY_REQUESTED = "REPLAY_REQUESTED";
    static final String REPLAY_FINISHED = "REPLAY_FINISHED";
    static final String HOLDS_RESENT = "HOLDS_RESENT";
    static final String HOLDS_GIVEN_UP = "HOLDS_GIVEN_UP";
    static final String DISCARDED = "DISCARDED";
    static final String RELEASED = "RELEASED";
    static final String UNPUBLISHED = "UNPUBLISHED";

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

    /** A deed. {@code target} and {@code result} are JSON. */
    record Entry(
            UUID id,
            Instant at,
            String who,
            String action,
            @JsonRawValue String target,
            @JsonRawValue String result) {}

    void record(String who, String action, Object target, Object result) {
        jdbc.sql(RECORD)
                .param("who", who)
                .param("action", action)
                .param("target", AdminJson.write(target))
                .param("result", AdminJson.write(result))
                .update();
    }

    /** The newest first. */
    Page<Entry> page(@Nullable String action, int limit, @Nullable String cursor) {
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
