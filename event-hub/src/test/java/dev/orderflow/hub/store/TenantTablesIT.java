package dev.orderflow.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.TenantProbe;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to reach the rows of the tenant other with SQL, in transactions of the tenant demo and in some of none. */
class TenantTablesIT {

    private static final String MINE = "mine-of-demo";
    private static final String SECRET = "secret-of-other";
    private static final String TAKE_ON = "SELECT set_config('role', session_user || '_system', true)";

    private static TenantProbe probe;

    @BeforeAll
    static void createRows() {
        probe = TenantProbe.create((owner, role) -> Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
                .placeholders(Map.of("role", role, "separation", "true"))
                .load()
                .migrate());
        probe.asOwner("SELECT create_day('event', current_date), create_day('sighting', current_date)");
        for (var time : new String[] {"current_timestamp", "'1970-01-01'"}) {
            insert("demo", MINE, time);
            insert("other", SECRET, time);
        }
    }

    private static void insert(String tenant, String text, String time) {
        probe.asOwner(
                "INSERT INTO event (position, record_time, event_id, source_key, tenant, source, published_id, type, key, topic,"
                        + " sequence, correlation_id, causation_id, size) VALUES (1, " + time
                        + ", gen_random_uuid(), 1, '" + tenant + "', '" + text
                        + "', 'i', 't', 'k', 'o', 1, 'c', 'c', 0)",
                "INSERT INTO sighting (topic, kafka_partition, kafka_offset, record_time, event_id, source_key, tenant, kind)"
                        + " VALUES ('" + text + "', 0, 0, " + time + ", gen_random_uuid(), 1, '" + tenant
                        + "', 'SOURCE')",
                "INSERT INTO sequence_anomaly (kind, tenant, topic, source, key, first, last) VALUES ('GAP', '" + tenant
                        + "', '" + text + "', 's', 'k', 1, 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "event_default", "sighting", "sighting_default", "sequence_anomaly"})
    void aTenantSeesAndChangesItsOwnRowsOnly(String table) {
        var before = probe.asOwner("SELECT count(*) FROM " + table);

        assertThat(probe.as("demo", "SELECT * FROM " + table)).contains(MINE).doesNotContain(SECRET);
        assertThat(probe.as(null, "SELECT * FROM " + table)).doesNotContain(MINE, SECRET);
        assertThat(probe.as("demo", "DELETE FROM " + table + " WHERE tenant = 'other'"))
                .isEqualTo("changed 0\n");
        assertThat(probe.as("demo", "UPDATE " + table + " SET tenant = 'other'"))
                .contains("row-level security policy");
        assertThat(probe.as(null, TAKE_ON, "SELECT * FROM " + table)).contains(MINE, SECRET);
        assertThat(probe.asOwner("SELECT count(*) FROM " + table)).isEqualTo(before);
    }

    @Test
    void aDayIsReachedThroughItsTableOnly() {
        var day = probe.asOwner("SELECT to_char(current_date, 'YYYYMMDD')").strip();

        assertThat(probe.as("demo", "SELECT * FROM event_" + day)).contains("permission denied");
        assertThat(probe.as(null, TAKE_ON, "SELECT * FROM sighting_" + day)).contains("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT create_day('event_identity', current_date)",
                "SELECT create_day('pg_class', current_date)",
                "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
                "CREATE TABLE mine (a integer)",
                "DROP TABLE event"
            })
    void theServiceChangesNoTable(String sql) {
        assertThat(probe.as("demo", sql)).containsAnyOf("has no partitions", "permission denied", "must be owner");
    }
}
