package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.database.AdminDatabase;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests that the audit log is complete and that its alterations show, also those by the owner of the table. */
@ExtendWith(OutputCaptureExtension.class)
class AuditLogIT extends AdminRestFixture {

    private static final int ENTRIES = 40;

    @Autowired
    private Audit audit;

    @Autowired
    private AdminDatabase admin;

    @AfterEach
    void beginAgain() {
        unguarded("TRUNCATE admin_audit");
    }

    @Test
    void concurrentEntriesAreNumberedWithoutGapsAlthoughSomeAreRolledBack(CapturedOutput log) {
        record(ENTRIES);

        assertThat(jdbc.sql("SELECT number FROM admin_audit ORDER BY number")
                        .query(Long.class)
                        .list())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ENTRIES / 2).boxed().toList());
        assertThat(get("/admin/audit/check"))
                .bodyJson()
                .isLenientlyEqualTo("{\"entries\":" + ENTRIES / 2 + ",\"firstAltered\":null}");
        assertThat(log.getOut().lines().filter(line -> line.contains("audit=recorded")))
                .as("entries in the log, without those rolled back")
                .hasSize(ENTRIES / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE admin_audit SET who = 'nobody' WHERE number = 7",
                "UPDATE admin_audit SET at = at + interval '1 microsecond' WHERE number = 7",
                "UPDATE admin_audit SET result = '{}' WHERE number = 7",
                "UPDATE admin_audit SET tenant = 'other' WHERE number = 7",
                "UPDATE admin_audit SET tenant = NULL WHERE number = 7",
                "UPDATE admin_audit SET hash = admin_audit_hash(admin_audit, 'x') WHERE number = 7",
                "DELETE FROM admin_audit WHERE number = 6; UPDATE admin_audit SET number = number - 1 WHERE number > 6",
            })
    void theFirstAlteredEntryIsNamed(String alteration) {
        record(ENTRIES);
        unguarded(alteration);

        assertThat(get("/admin/audit/check"))
                .bodyJson()
                .extractingPath("$.firstAltered")
                .isIn(6, 7);
    }

    @Test
    void anEntryNamesTheTenantOfWhoActed() {
        recordIn("demo", 1);
        recordIn(null, 2);

        assertThat(get("/admin/audit"))
                .bodyJson()
                .extractingPath("$.items[*].tenant")
                .asArray()
                .containsExactly(null, "demo");
    }

    /** Entries of earlier versions have no tenant. */
    @Test
    void theHashOfAnEntryWithoutATenantIsThatOfEarlierVersions() {
        recordIn(null, 1);
        recordIn("demo", 2);
        recordIn(null, 3);

        assertThat(jdbc.sql("""
                        SELECT hash = sha256(previous || convert_to(
                                   jsonb_build_array(number, id, extract(epoch FROM at), who, action, target, result)::text, 'UTF8'))
                        FROM (SELECT *, coalesce(lag(hash) OVER (ORDER BY number), '') AS previous FROM admin_audit) chain
                        ORDER BY number
                        """).query(Boolean.class).list()).containsExactly(true, false, true);
        assertThat(get("/admin/audit/check")).bodyJson().isLenientlyEqualTo("{\"entries\":3,\"firstAltered\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE admin_audit SET who = ''", "DELETE FROM admin_audit", "TRUNCATE admin_audit"})
    void evenTheOwnerOnlyAdds(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update()).rootCause().hasMessageContaining("only added to");
    }

    /** Records as many entries at once, and rolls back every other one. */
    private void record(int entries) {
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, entries)
                    .forEach(entry -> threads.execute(() -> admin.transaction().executeWithoutResult(status -> {
                        recordIn("demo", entry);
                        if (entry % 2 == 1) {
                            status.setRollbackOnly();
                        }
                    })));
        }
    }

    private void recordIn(@Nullable String tenant, int entry) {
        var scope = EventContext.current().inTenant(tenant).open();
        try {
            audit.record("ann", "TESTED", Map.of("entry", entry), "done");
        } finally {
            scope.close();
        }
    }

    private void unguarded(String statements) {
        jdbc.sql("ALTER TABLE admin_audit DISABLE TRIGGER admin_audit_refuse").update();
        jdbc.sql(statements).update();
        jdbc.sql("ALTER TABLE admin_audit ENABLE TRIGGER admin_audit_refuse").update();
    }
}
