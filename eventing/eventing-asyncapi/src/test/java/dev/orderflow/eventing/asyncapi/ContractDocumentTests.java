package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.asyncapi.sample.Complaint;
import dev.orderflow.eventing.asyncapi.sample.ParcelEvent;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ContractDocumentTests {

    private final JsonNode parcels = write(new ServiceContract(
            "parcels",
            "7",
            EventDescriptor.allOf(ParcelEvent.class),
            List.of(EventDescriptor.of(Complaint.class)),
            new RetryTopics("parcels", 3),
            false));

    @Test
    void topicsAreChannelsWithTheirOwner() {
        assertThat(parcels.at("/channels/parcel-events/address").stringValue()).isEqualTo("parcel-events");
        assertThat(parcels.at("/channels/parcel-events/description").stringValue())
                .isEqualTo("Only parcels publishes here.");
        assertThat(parcels.at("/channels/complaints/description").stringValue())
                .isEqualTo("Any service may publish here.");
    }

    @Test
    void publishedEventsAreSentAndHandledOnesReceived() {
        var sent = parcels.at("/operations/parcels.send.parcel-events");
        var received = parcels.at("/operations/parcels.receive.complaints");

        assertThat(sent.get("action").stringValue()).isEqualTo("send");
        assertThat(sent.get("messages"))
                .extracting(message -> message.get("$ref").stringValue())
                .containsExactly(
                        "#/channels/parcel-events/messages/sample.parcel.lost.v1",
                        "#/channels/parcel-events/messages/sample.parcel.sent.v1");
        assertThat(received.get("action").stringValue()).isEqualTo("receive");
        assertThat(received.at("/bindings/kafka/groupId/const").stringValue()).isEqualTo("parcels");
    }

    @Test
    void retryTopicsAreOneChannelAndDeadLettersAnother() {
        assertThat(parcels.at("/channels/parcels.retry/address").stringValue()).isEqualTo("parcels.retry-{level}");
        assertThat(parcels.at("/channels/parcels.retry/parameters/level/enum"))
                .extracting(JsonNode::stringValue)
                .containsExactly("1", "2", "3");
        assertThat(parcels.at("/channels/parcels.dlt/address").stringValue()).isEqualTo("parcels.dlt");
        assertThat(parcels.at("/operations/parcels.receive.retry/bindings/kafka/groupId/const")
                        .stringValue())
                .isEqualTo("parcels.retry");
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoSuchTopics() {
        var publisher = write(
                new ServiceContract("parcels", "7", EventDescriptor.allOf(ParcelEvent.class), List.of(), null, false));

        assertThat(publisher.get("channels").propertyNames()).containsExactly("parcel-events");
        assertThat(publisher.get("operations").propertyNames()).containsExactly("parcels.send.parcel-events");
    }

    @Test
    void anEventsPayloadIsItsSchema() {
        assertThat(parcels.at("/components/messages/sample.parcel.sent.v1/payload/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/sample.parcel.sent.v1");
        assertThat(parcels.at("/components/messages/sample.parcel.lost.v1").has("payload"))
                .isFalse();
    }

    @Test
    void headersFixTypeAndSource() {
        var headers = parcels.at("/components/messages/sample.parcel.sent.v1/headers");
        var ofAnyone = parcels.at("/components/messages/sample.complaint.filed.v1/headers/properties");

        assertThat(headers.at("/allOf/0/$ref").stringValue()).isEqualTo("#/components/schemas/EventHeaders");
        assertThat(headers.at("/properties/ce_type/const").stringValue()).isEqualTo("sample.parcel.sent.v1");
        assertThat(headers.at("/properties/ce_source/const").stringValue()).isEqualTo("parcels");
        assertThat(ofAnyone.has("ce_source")).isFalse();
    }

    @Test
    void everyReferenceHasATarget() {
        var references = parcels.findValuesAsString("$ref");

        assertThat(references).hasSizeGreaterThan(10);
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                parcels.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static ObjectNode write(ServiceContract contract) {
        return new ContractDocument(contract).write();
    }
}
