package dev.orderflow.eventing.admin.deadletter;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Dead letters in a database that the tests of a class share, and the workers that replay them. */
abstract class ReplayFixture {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static DeadLetterDatabase database;

    final DeadLetterDesk desk = new DeadLetterDesk(database);
    final List<ReplayWorker> workers = new ArrayList<>();

    @BeforeAll
    static void openDatabase() {
        database = new DeadLetterDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(ReplayWorker::stop);
    }

    ReplayWorker start(ReplayWorker worker) {
        workers.add(worker);
        worker.start();
        return worker;
    }

    void awaitDone(Replays.View replay) {
        await().atMost(Duration.ofSeconds(30)).until(() -> find(replay).state() == Replays.State.DONE);
    }

    Replays.View find(Replays.View replay) {
        return desk.replays.find(replay.id());
    }
}
