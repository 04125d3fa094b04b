package dev.orderflow.demo;

import static dev.orderflow.demo.DeadLettersTests.EVENT;
import static dev.orderflow.demo.DeadLettersTests.LETTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tests the actions of {@code ./demo dead-letters}. */
class DeadLetterActionsTests {

    private static final String REPLAY = "POST /admin/dead-letters/replay";
    private static final String DISCARD = "POST /admin/dead-letters/discard";

    @TempDir
    Path folder;

    SuiteDouble suite;
    PartDouble payment;

    @BeforeEach
    void begin() {
        suite = new SuiteDouble(folder);
        payment = suite.part(Part.PAYMENT);
        suite.everywhere(REPLAY, 200, "{\"dryRun\":true,\"matching\":0,\"heldBehind\":0}");
        suite.everywhere(DISCARD, 200, "{\"discarded\":0,\"released\":0}");
    }

    @AfterEach
    void end() {
        suite.close();
    }

    @Test
    void aDryRunReportsTheEffect() {
        payment.on(REPLAY, 200, "{\"dryRun\":true,\"matching\":3,\"heldBehind\":5}");

        assertThat(suite.run("dead-letters", "replay", "--all", "--dry-run")).isZero();
        assertThat(suite.out())
                .containsExactly("payment would replay 3 dead letters; 5 events held behind would follow.");
        assertThat(payment.requests).containsExactly(REPLAY + " {\"all\":true,\"dryRun\":true}");
    }

    @Test
    void aReplayIsFollowedUntilItIsOver() {
        payment.on(REPLAY, 202, "{\"dryRun\":true,\"matching\":3,\"heldBehind\":5}", replay("RUNNING", 3, 0, 0));
        payment.on(
                "GET /admin/dead-letters/replays/r1",
                200,
                replay("RUNNING", 2, 1, 0),
                replay("RUNNING", 2, 1, 0),
                replay("DONE", 0, 1, 2),
                replay("DONE", 0, 0, 3));

        assertThat(suite.run(
                        "dead-letters",
                        "replay",
                        "--type",
                        "order.paid.v1",
                        "--rate",
                        "10",
                        "--before",
                        "2026-11-21T10:00:00Z",
                        "--wait"))
                .isZero();
        assertThat(suite.out())
                .containsExactly(
                        "payment replays 3 dead letters (replay r1)",
                        "  payment: 3 dead letters: 3 queued, 0 replaying, 0 replayed, 0 dead again",
                        "  payment: 3 dead letters: 2 queued, 1 replaying, 0 replayed, 0 dead again",
                        "  payment: 3 dead letters: 0 queued, 1 replaying, 2 replayed, 0 dead again",
                        "  payment: 3 dead letters: 0 queued, 0 replaying, 3 replayed, 0 dead again",
                        "payment: replayed 3, dead again 0");
        assertThat(payment.requests)
                .contains(REPLAY + " {\"filter\":{\"type\":\"order.paid.v1\"},\"before\":\"2026-11-21T10:00:00Z\","
                        + "\"ratePerSecond\":10}");
        assertThat(suite.part(Part.ORDER).requests).as("nothing to replay").hasSize(1);
    }

    @Test
    void aLetterThatIsDeadAgainIsAFailure() {
        payment.on(REPLAY, 202, "{\"matching\":2,\"heldBehind\":0}", replay("RUNNING", 2, 0, 0));
        payment.on("GET /admin/dead-letters/replays/r1", 200, replay("DONE", 0, 0, 1));

        assertThat(suite.run("dead-letters", "replay", "--all", "--wait")).isEqualTo(1);
        assertThat(suite.out()).last().isEqualTo("payment: replayed 1, dead again 2");
    }

    @Test
    void anIdIsLookedUpInEveryService() {
        payment.on("GET /admin/dead-letters/" + EVENT, 200, DeadLettersTests.details("{}"));
        payment.on(REPLAY, 202, "{\"matching\":1,\"heldBehind\":0}", replay("RUNNING", 1, 0, 0));

        assertThat(suite.run("dead-letters", "replay", EVENT)).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "payment replays 3 dead letters (replay r1)",
                        "./demo dead-letters replays shows the progress.");
        assertThat(payment.requests)
                .containsExactly(
                        "GET /admin/dead-letters/" + EVENT,
                        REPLAY + " {\"ids\":[\"" + LETTER + "\"],\"dryRun\":true}",
                        REPLAY + " {\"ids\":[\"" + LETTER + "\"]}");
        assertThat(suite.part(Part.ORDER).requests).containsExactly("GET /admin/dead-letters/" + EVENT);
    }

    @Test
    void nothingIsDoneWhenOneIdIsUnknown() {
        payment.on("GET /admin/dead-letters/" + LETTER, 200, DeadLettersTests.details("{}"));
        var unknown = "0199aaaa-0000-7000-8000-0000000000ff";

        assertThat(suite.run("dead-letters", "replay", LETTER, unknown)).isEqualTo(1);
        assertThat(suite.err()).containsExactly("There is no dead letter " + unknown + "; nothing was done.");
        assertThat(payment.requests).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void anActionWithoutASelectionIsRefused() {
        assertThat(suite.run("dead-letters", "replay")).isEqualTo(2);
        assertThat(suite.run("dead-letters", "replay", LETTER, "--all")).isEqualTo(2);
        assertThat(suite.err())
                .filteredOn(line -> line.startsWith("Which"))
                .hasSize(2)
                .containsOnly("Which dead letters? Name their ids, or else give --all, or a filter such as --type");
        assertThat(suite.run("dead-letters", "replay", "--all", "--before", "yesterday"))
                .isEqualTo(2);
        assertThat(suite.err()).anyMatch(line -> line.contains("'yesterday' is not a time"));
        assertThat(payment.requests).isEmpty();
    }

    @Test
    void eventsThatWaitAreSentAgainWhereverTheyAre() {
        suite.everywhere("POST /admin/holds/resend", 200, "{\"resent\":0,\"parked\":0,\"dead\":0,\"unchanged\":1}");
        payment.on("POST /admin/holds/resend", 200, "{\"resent\":1,\"parked\":0,\"dead\":0,\"unchanged\":0}");

        assertThat(suite.run("dead-letters", "holds", "resend", EVENT)).isZero();
        assertThat(suite.out())
                .containsExactly("payment has sent 1 event again; 0 events wait behind a dead letter now;"
                        + " 0 dead letters created.");
        assertThat(payment.requests).containsExactly("POST /admin/holds/resend {\"ids\":[\"" + EVENT + "\"]}");
    }

    @Test
    void anEventThatWaitsNowhereIsAFailure() {
        suite.everywhere("POST /admin/holds/resend", 200, "{\"resent\":0,\"parked\":0,\"dead\":0,\"unchanged\":1}");

        assertThat(suite.run("dead-letters", "holds", "resend", EVENT)).isEqualTo(1);
        assertThat(suite.err()).containsExactly("None of these events waits; nothing was done.");
    }

    @Test
    void eventsThatWaitAreGivenUpWithAReason() {
        suite.everywhere("POST /admin/holds/give-up", 200, "{\"givenUp\":0,\"released\":0}");
        payment.on("POST /admin/holds/give-up", 200, "{\"givenUp\":1,\"released\":2}");

        assertThat(suite.run("dead-letters", "holds", "give-up", EVENT, "--reason", " "))
                .isEqualTo(2);
        assertThat(payment.requests).isEmpty();
        assertThat(suite.run("dead-letters", "holds", "give-up", EVENT, "--reason", "a test"))
                .isZero();
        assertThat(suite.out()).last().isEqualTo("payment has given up 1 event; 2 events held behind are released.");
    }

    @Test
    void aTimeMayBeAnAge() {
        var begun = Instant.now();
        suite.run("dead-letters", "replay", "--all", "--before", "10m", "--dry-run");
        var ended = Instant.now();

        var before = JsonMapper.shared()
                .readTree(payment.requests.getFirst().substring(REPLAY.length()))
                .get("before")
                .asString();
        var ago = Duration.ofMinutes(10);
        assertThat(Instant.parse(before)).isBetween(begun.minus(ago).truncatedTo(ChronoUnit.SECONDS), ended.minus(ago));
        assertThat(suite.out()).containsExactly("No dead letter matches.");
    }

    @Test
    void aDiscardNeedsAReasonAndReportsTheReleasedEvents() {
        payment.on(DISCARD, 200, "{\"dryRun\":true,\"discarded\":2,\"released\":4}");

        assertThat(suite.run("dead-letters", "discard", "--handler", "PaymentEvents.charge"))
                .isEqualTo(2);
        assertThat(suite.run("dead-letters", "discard", "--handler", "PaymentEvents.charge", "--reason", " "))
                .isEqualTo(2);
        assertThat(payment.requests).isEmpty();
        assertThat(suite.run("dead-letters", "discard", "--cause", "cable", "--reason", "test orders"))
                .isZero();
        assertThat(suite.out())
                .containsExactly("payment has discarded 2 dead letters; 4 events held behind are released.");
        assertThat(payment.requests)
                .last()
                .isEqualTo(DISCARD + " {\"filter\":{\"rootCause\":\"cable\"},\"reason\":\"test orders\"}");
    }

    @Test
    void replaysAreListed() {
        suite.everywhere("GET /admin/dead-letters/replays", 200, "{\"items\":[]}");
        payment.on(
                "GET /admin/dead-letters/replays",
                200,
                "{\"items\":[" + replay("RUNNING", 2, 1, 0) + "],\"nextCursor\":null}");

        assertThat(suite.run("dead-letters", "replays")).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "service  id  requested             by    state    rate  total  queued  replaying  replayed  "
                                + "dead again  discarded",
                        "payment  r1  2026-11-21T10:00:00Z  alex  RUNNING  10    3      2       1          0         "
                                + "0           0");
    }

    private static String replay(String state, int queued, int replaying, int replayed) {
        var deadAgain = state.equals("DONE") ? 3 - queued - replaying - replayed : 0;
        return String.format(Locale.ROOT, """
                {"id":"r1","requestedBy":"alex","requestedAt":"2026-11-21T10:00:00Z","state":"%s","total":3,"queued":%d,
                 "replaying":%d,"replayed":%d,"deadAgain":%d,"discarded":0,"ratePerSecond":10,"finishedAt":null}""", state, queued, replaying, replayed, deadAgain);
    }
}
