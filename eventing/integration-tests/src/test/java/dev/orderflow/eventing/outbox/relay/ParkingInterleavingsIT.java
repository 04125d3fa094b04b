package dev.orderflow.eventing.outbox.relay;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays every order of the steps of a relay, of a relay that takes over from it, and of an operator. Each key has a few events, some
 * of which the broker refuses. One step is one transaction, or one round of sending.
 * <p>
 * Afterwards, in every order, no discarded event was published, events were published in order, and no event waits without an earlier
 * one. When the operator releases all and the broker accepts all, no event is left.
 */
class ParkingInterleavingsIT {

    private static final Logger LOG = LoggerFactory.getLogger(ParkingInterleavingsIT.class);

    private static PlayedOutbox database;

    @BeforeAll
    static void openDatabase() {
        database = new PlayedOutbox();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void twoEventsAndTwoActions() {
        playAll("aaaaaaaoo", actions(2, 2), List.of(List.of(1, 0), List.of(2, 0), List.of(0, 1), List.of(1, 1)));
    }

    @Test
    void threeEventsAndTwoActions() {
        playAll(
                "aaaaaaaoo",
                actions(3, 2),
                List.of(List.of(1, 0, 0), List.of(1, 1, 0), List.of(0, 1, 0), List.of(2, 0, 1)));
    }

    @Test
    void twoEventsAndThreeActions() {
        playAll("aaaaaaooo", actions(2, 3), List.of(List.of(2, 0)));
    }

    @Test
    void twoEventsAndATakeOver() {
        playAll("aaaaTbbbbo", actions(2, 1), List.of(List.of(1, 0), List.of(2, 0)));
    }

    @Test
    void twoEventsATakeOverAndTwoActions() {
        playAll(
                "aaaTbbboo",
                List.of(
                        List.of(ParkingPlay.RELEASE, 2),
                        List.of(2, ParkingPlay.RELEASE),
                        List.of(ParkingPlay.RELEASE, 1),
                        List.of(1, ParkingPlay.RELEASE)),
                List.of(List.of(2, 0)));
    }

    private static List<List<Integer>> actions(int events, int count) {
        if (count == 0) {
            return List.of(List.of());
        }
        return actions(events, count - 1).stream()
                .flatMap(before -> IntStream.rangeClosed(ParkingPlay.RELEASE, events)
                        .mapToObj(action -> Stream.concat(before.stream(), Stream.of(action))
                                .toList()))
                .toList();
    }

    /** @param refusals per event, how often the broker refuses it before it accepts it */
    private void playAll(String steps, List<List<Integer>> actions, List<List<Integer>> refusals) {
        var next = ThreadLocalRandom.current().nextInt(Interleavings.SHARE);
        var runs = 0;
        for (var order : Interleavings.of(steps, ParkingInterleavingsIT::nothingBeforeTheTakeOver)) {
            for (var action : actions) {
                for (var refusal : refusals) {
                    if (next++ % Interleavings.SHARE == 0) {
                        new ParkingPlay(database, order, action, refusal).play();
                        runs++;
                    }
                }
            }
        }
        LOG.info("steps={} played={}", steps, runs);
    }

    private static boolean nothingBeforeTheTakeOver(String order) {
        return order.indexOf(ParkingPlay.SECOND_RELAY) >= order.indexOf(ParkingPlay.TAKE_OVER);
    }
}
