package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry.ForeignEventException;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TopicOwnersTests {

    private final TopicOwners owners = owners(List.of(Bill.class, Parcel.class, Rumour.class));

    @EventTopic(value = "bills", owner = "billing")
    @EventType("test.bill.v1")
    record Bill(String key) implements DomainEvent {}

    @EventTopic(value = "parcels", owner = "shipping")
    @EventType("test.parcel.v1")
    record Parcel(String key) implements DomainEvent {}

    @EventTopic("rumours")
    @EventType("test.rumour.v1")
    record Rumour(String key) implements DomainEvent {}

    @EventTopic(value = "bills", owner = "somebody-else")
    @EventType("test.disputed.v1")
    record Disputed(String key) implements DomainEvent {}

    @Test
    void aTopicAcceptsItsOwner() {
        assertThatCode(() -> check("bills", "test.bill.v1", "billing")).doesNotThrowAnyException();
    }

    @Test
    void aTopicAcceptsNobodyElse() {
        assertThatThrownBy(() -> check("bills", "test.bill.v1", "shipping"))
                .isInstanceOf(ForeignEventException.class)
                .hasMessage("ce_source is shipping, but bills belongs to billing");
        assertThatThrownBy(() -> check("bills", "test.bill.v1", "")).isInstanceOf(ForeignEventException.class);
    }

    @Test
    void anUnknownVersionIsNoWayAroundIt() {
        assertThatThrownBy(() -> check("bills", "test.bill.v2", "shipping")).isInstanceOf(ForeignEventException.class);
    }

    /** A client that may write to one topic could otherwise impersonate the owner of another. */
    @Test
    void anEventIsNotAcceptedOnTheTopicOfOthers() {
        assertThatThrownBy(() -> check("parcels", "test.bill.v1", "shipping"))
                .isInstanceOf(ForeignEventException.class)
                .hasMessage("ce_type is test.bill.v1, which is published on bills, not on parcels");
        assertThatThrownBy(() -> check("rumours", "test.bill.v1", "billing")).isInstanceOf(ForeignEventException.class);
    }

    @Test
    void aTopicWithoutAnOwnerAcceptsAnybody() {
        assertThatCode(() -> check("rumours", "test.rumour.v1", "anybody")).doesNotThrowAnyException();
    }

    @Test
    void aLongSourceIsShownInPart() {
        assertThatThrownBy(() -> check("bills", "test.bill.v1", "x".repeat(30_000)))
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void configuredSourcesTakeTheOwnersPlace() {
        var configured = new TopicOwners(
                List.of(EventDescriptor.of(Bill.class), EventDescriptor.of(Rumour.class)),
                Map.of("bills", Set.of("archive", "shipping"), "rumours", Set.of("gazette")));

        assertThatCode(() -> configured.checkSource("bills", "shipping")).doesNotThrowAnyException();
        assertThatCode(() -> configured.checkSource("rumours", "gazette")).doesNotThrowAnyException();
        assertThatThrownBy(() -> configured.checkSource("bills", "billing"))
                .isInstanceOf(ForeignEventException.class)
                .hasMessage("ce_source is billing, but bills belongs to archive, shipping");
        assertThatThrownBy(() -> configured.checkSource("rumours", null))
                .isInstanceOf(ForeignEventException.class)
                .hasMessage("attribute source is missing, but rumours belongs to gazette");
    }

    @Test
    void sourcesOfATopicThatIsNotReadAreAMistake() {
        assertThatThrownBy(() ->
                        new TopicOwners(List.of(EventDescriptor.of(Bill.class)), Map.of("bils", Set.of("billing"))))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining("eventing.inbox.sources has [bils]");
    }

    /** Its stream would be that of one aggregate, and its effect on another. */
    @Test
    void theDataOfAnEventIsAboutItsSubject() {
        assertThatCode(() -> owners.checkSubject("bills", "a", event("test.bill.v1"), new Bill("a")))
                .doesNotThrowAnyException();
        assertThatCode(() -> owners.checkSubject("rumours", "a", event("test.rumour.v1"), new Rumour("b")))
                .doesNotThrowAnyException();
        for (var key : Arrays.asList("a", null)) {
            assertThatThrownBy(() -> owners.checkSubject("bills", key, event("test.bill.v1"), new Bill("b")))
                    .isInstanceOf(ForeignEventException.class)
                    .hasMessage("ce_subject is a, but the data is about b");
        }
    }

    @Test
    void anEventWithoutSubjectAndKeyIsAboutItsData() {
        var headers = new RecordHeaders();
        CloudEventHeaders.of(event("test.bill.v1")).stream()
                .filter(header -> !header.key().equals("ce_subject"))
                .forEach(headers::add);
        var event = new ReceivedEvent(headers, null);

        assertThatCode(() -> owners.checkSubject("bills", null, event.metadata(null), new Bill("b")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> owners.checkSubject("bills", "a", event.metadata("a"), new Bill("b")))
                .hasMessage("ce_subject is a, but the data is about b");
    }

    @Test
    void aTopicHasOneOwner() {
        assertThatThrownBy(() -> owners(List.of(Bill.class, Disputed.class)))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining("bills");
    }

    private void check(String topic, String type, String source) {
        owners.checkSource(topic, source);
        owners.check(topic, EventMetadata.of(UUID.randomUUID(), type, source, "a", Instant.EPOCH));
    }

    private static EventMetadata event(String type) {
        return EventMetadata.of(UUID.randomUUID(), type, "billing", "a", Instant.EPOCH);
    }

    private static TopicOwners owners(List<Class<? extends DomainEvent>> events) {
        return new TopicOwners(events.stream().map(EventDescriptor::of).toList());
    }
}
