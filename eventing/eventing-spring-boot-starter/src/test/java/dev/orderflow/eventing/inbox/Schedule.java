package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.polling.SimulatedBroker;
import dev.orderflow.eventing.inbox.polling.SimulatedMember;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A random schedule: two instances consume events of several keys, some of which fail. Meanwhile the relay publishes again,
 * partitions move, instances crash or act on an outdated assignment, commits are lost, transactions fail or lose their answer,
 * retry topics lose records, and records are sent again whether or not they were lost.
 * <p>
 * The model is minimal: per key, the effects are the published events, in that order.
 */
class Schedule {

    private static final int KEYS = 4;
    /** Rounds without progress after which records count as lost. */
    private static final int LOST_AFTER = 20;

    private static final Duration LONGEST_DELAY = Duration.ofMillis(500);

    private final Random random;
    private final Executor threads;
    private final SimulatedApplication application;
    private final SimulatedBroker broker;
    private final List<SimulatedMember> sources;
    private final List<SimulatedMember> retries;
    private final Map<String, List<UUID>> published = new LinkedHashMap<>();
    private final Map<UUID, SourceRecord> records = new HashMap<>();
    private final List<String> failingKeys = new ArrayList<>();

    Schedule(long seed, ScheduleDatabase database, Executor threads) {
        this.threads = threads;
        this.random = new Random(seed);
        this.application = new SimulatedApplication("schedule-" + seed + "-" + UUID.randomUUID(), database, random);
        this.broker = application.broker();
        this.sources = IntStream.range(0, 2)
                .mapToObj(number -> application.sourceMember(number, new Random(seed + number)))
                .toList();
        this.retries = IntStream.range(0, 2)
                .mapToObj(number -> application.retryMember(number, new Random(seed - number)))
                .toList();
        all().forEach(SimulatedMember::learnAssignment);
        for (var key = 0; key < KEYS; key++) {
            published.put(UUID.randomUUID().toString(), new ArrayList<>());
        }
        published.keySet().stream().limit(KEYS / 2).forEach(failingKeys::add);
    }

    void run() {
        var steps = 15 + random.nextInt(25);
        for (var step = 0; step < steps; step++) {
            step();
        }
        healthyKeysAreDoneThoughNoRetryIsMadeAnyMore();
        application.repair();
        everythingComesToRest();
        assertThat(application.effects(published.keySet())).isEqualTo(published);
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> publish();
            case 3, 4 -> any(sources).poll(1 + random.nextInt(8));
            case 5, 6 -> any(retries).poll(1 + random.nextInt(8));
            case 7, 8 -> application.relay(random.nextBoolean());
            case 9 -> application.clock.advance(Duration.ofMillis(random.nextInt(300)));
            case 10 -> rebalance();
            case 11 -> any(all()).restart();
            case 12, 13 -> deliverAgain();
            case 14 -> application.resend(0.5);
            default -> allAtTheSameTime();
        }
    }

    private void publish() {
        for (var count = random.nextInt(4); count >= 0; count--) {
            var key = published.keySet().stream()
                    .skip(random.nextInt(KEYS))
                    .findFirst()
                    .orElseThrow();
            var event = random.nextInt(3) == 0
                    ? new AccountEvent.Pledged(key, count)
                    : new AccountEvent.Deposited(key, count);
            var id = append(event);
            published.get(key).add(id);
            if (failingKeys.contains(key) && random.nextInt(3) == 0) {
                application.failing.add(id, random);
            }
        }
    }

    private UUID append(DomainEvent event) {
        var type = event.getClass()
                .getAnnotation(dev.orderflow.eventing.EventType.class)
                .value();
        var id = application.newId();
        var metadata = EventMetadata.of(id, type, "test", event.key(), Instant.now());
        var headers = new RecordHeaders(CloudEventHeaders.of(metadata));
        var payload = new EventJson().write(event);
        records.put(id, new SourceRecord(id, AccountEvent.TOPIC, 0, 0, event.key(), type, headers, payload));
        broker.append(AccountEvent.TOPIC, event.key(), headers, payload);
        return id;
    }

    private void deliverAgain() {
        if (!records.isEmpty()) {
            var copied = List.copyOf(records.values()).get(random.nextInt(records.size()));
            broker.append(copied.topic(), copied.key(), copied.headers(), copied.payload());
        }
    }

    /** Moves partitions. Members learn of it sooner or later, and until then continue as before. */
    private void rebalance() {
        broker.partitions().forEach(partition -> broker.assign(partition, random.nextInt(2)));
        all().stream().filter(member -> random.nextBoolean()).forEach(SimulatedMember::learnAssignment);
    }

    /** Runs two members of each kind that both believe to own all partitions, while the relay continues. */
    private void allAtTheSameTime() {
        for (var member = 0; member < 2; member++) {
            for (var partition : broker.partitions()) {
                broker.assign(partition, member);
            }
            sources.get(member).learnAssignment();
            retries.get(member).learnAssignment();
        }
        var polling = all().stream()
                .map(member -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 4).forEach(round -> member.poll(4)), threads))
                .toList();
        application.relay(false);
        polling.forEach(CompletableFuture::join);
    }

    private void healthyKeysAreDoneThoughNoRetryIsMadeAnyMore() {
        application.transactionsFail = false;
        sources.forEach(SimulatedMember::learnAssignment);
        for (var round = 0; !sources.stream().allMatch(SimulatedMember::hasReadAll); round++) {
            assertThat(round).as("rounds until all is read").isLessThan(200);
            sources.forEach(member -> member.poll(5));
        }
        sources.forEach(member -> member.poll(5));
        var healthy = new LinkedHashMap<>(published);
        failingKeys.forEach(healthy::remove);
        assertThat(application.effects(healthy.keySet()))
                .as("keys without failures")
                .isEqualTo(healthy);
    }

    private void everythingComesToRest() {
        all().forEach(SimulatedMember::learnAssignment);
        for (var round = 0; application.unresolved() > 0; round++) {
            assertThat(round)
                    .as("rounds until all is resolved; %s", application.holds())
                    .isLessThan(300);
            application.replay(records);
            if (round % LOST_AFTER == LOST_AFTER - 1) {
                application.resend(1);
            }
            application.relay(false);
            application.clock.advance(LONGEST_DELAY);
            all().forEach(member -> member.poll(50));
        }
    }

    private SimulatedMember any(List<SimulatedMember> members) {
        return members.get(random.nextInt(members.size()));
    }

    private List<SimulatedMember> all() {
        var all = new ArrayList<>(sources);
        all.addAll(retries);
        return all;
    }
}
