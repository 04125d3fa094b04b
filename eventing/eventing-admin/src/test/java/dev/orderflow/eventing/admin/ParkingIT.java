package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Tests the actions of an operator of a publish-only application on events that the broker rejects. */
@RealInfrastructure
@SpringBootTest(
        classes = {SampleApplication.class, ManagementContext.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ParkingIT {

    /** A bucket that no relay leases, so that the states of its events do not change by themselves. */
    private static final int NOBODYS_BUCKET = 99;

    @Autowired
    private JdbcClient jdbc;

    private MockMvcTester mvc;
    private long audited;

    @BeforeEach
    void prepare(@Autowired ManagementContext management) {
        mvc = management.mvc();
        jdbc.sql("TRUNCATE outbox_parked").update();
        audited = jdbc.sql("SELECT count(*) FROM admin_audit").query(Long.class).single();
    }

    @Test
    void parkedEventsAreListedInTheirOrderPageByPage() {
        var refused = park(1, "4711", "too large");
        park(2, "4711", null);

        var first = assertThat(mvc.get().uri("/admin/outbox/parked?limit=1").exchange())
                .hasStatusOk()
                .bodyJson();
        first.extractingPath("$.items.length()").isEqualTo(1);
        first.extractingPath("$.items[0].eventId").isEqualTo(refused.toString());
        first.extractingPath("$.items[0].cause").isEqualTo("too large");
        first.extractingPath("$.items[0].bytes").isEqualTo(2);
        first.extractingPath("$.nextCursor").isNotNull();
        assertThat(mvc.get().uri("/admin/outbox").exchange())
                .bodyJson()
                .extractingPath("$.parked")
                .isEqualTo(2);
    }

    @Test
    void oneKeyIsReleasedOrAllAreAndItIsAudited() {
        park(1, "4711", "too large");
        park(2, "4711", null);
        park(3, "4712", "too large");

        assertThat(post("/admin/outbox/parked/release", "{\"topic\":\"t\",\"key\":\"4711\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"released\":2}");
        assertThat(states()).containsExactly("RELEASED", "RELEASED", "PARKED");

        assertThat(post("/admin/outbox/parked/release", "{\"all\":true}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"released\":1}");
        assertThat(actions()).containsExactly("RELEASED", "RELEASED");
    }

    @Test
    void aDiscardedEventIsGivenUpWithAReason() {
        var refused = park(1, "4711", "too large");

        assertThat(post(
                        "/admin/outbox/parked/discard",
                        "{\"eventId\":\"" + refused + "\",\"reason\":\"told the customer\"}"))
                .hasStatus(HttpStatus.NO_CONTENT);
        assertThat(states()).containsExactly("DISCARDED");
        assertThat(actions()).containsExactly("UNPUBLISHED");
    }

    @Test
    void anEventThatIsNotParkedCannotBeDiscarded() {
        assertThat(post(
                        "/admin/outbox/parked/discard",
                        "{\"eventId\":\"" + UUID.randomUUID() + "\",\"reason\":\"none\"}"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("parked_event_not_found");
        assertThat(actions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"all\":false}",
                "{\"topic\":\"t\"}",
                "{\"key\":\"4711\"}",
                "{\"all\":true,\"topic\":\"t\",\"key\":\"4711\"}",
                "{\"all\":true,\"dryrun\":true}"
            })
    void aReleaseWithoutASelectionIsRefused(String body) {
        park(1, "4711", "too large");

        assertThat(post("/admin/outbox/parked/release", body)).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(states()).containsExactly("PARKED");
    }

    private UUID park(long id, String key, @Nullable String cause) {
        var eventId = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO outbox_parked (id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers,
                                           payload, cause)
                VALUES (?, ?, ?, 't', ?, 'test.happened.v1', ?, now(), false, '', '{}', ?)
                """).params(id, NOBODYS_BUCKET, eventId, key, id, cause).update();
        return eventId;
    }

    private List<String> states() {
        return jdbc.sql("SELECT state FROM outbox_parked ORDER BY id")
                .query(String.class)
                .list();
    }

    private List<String> actions() {
        return jdbc.sql("SELECT action FROM admin_audit WHERE number > ? ORDER BY number")
                .param(audited)
                .query(String.class)
                .list();
    }

    private MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
