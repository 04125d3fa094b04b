package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orderflow.eventing.asyncapi.sample.Complaint;
import dev.orderflow.eventing.asyncapi.sample.ParcelEvent;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncApiDocumentsTests {

    private final String parcels = document(
            new ServiceContract("parcels", "7", EventDescriptor.allOf(ParcelEvent.class), List.of(), null, false));
    private final String desk = document(new ServiceContract(
            "desk",
            "3",
            List.of(EventDescriptor.of(Complaint.class)),
            List.of(EventDescriptor.of(ParcelEvent.Lost.class)),
            new RetryTopics("desk", 2),
            false));

    @Test
    void theChannelOfSeveralApplicationsHasTheMessagesOfAll() {
        var merged = AsyncApi.parse(AsyncApiDocuments.merge("Post", "1", List.of(desk, parcels)));

        assertThat(merged.at("/channels/parcel-events/messages").propertyNames())
                .containsExactly("sample.parcel.lost.v1", "sample.parcel.sent.v1");
        assertThat(merged.get("operations").propertyNames())
                .containsExactly(
                        "desk.receive.parcel-events",
                        "desk.receive.retry",
                        "desk.send.complaints",
                        "desk.send.dlt",
                        "desk.send.retry",
                        "parcels.send.parcel-events");
        assertThat(merged.at("/info/title").stringValue()).isEqualTo("Post");
        assertThat(merged.at("/info/version").stringValue()).isEqualTo("1");
        assertThat(merged.at("/info/description").stringValue()).contains("CloudEvents");
    }

    @Test
    void theResultDoesNotDependOnTheirOrder() {
        assertThat(AsyncApiDocuments.merge("Post", "1", List.of(desk, parcels)))
                .isEqualTo(AsyncApiDocuments.merge("Post", "1", List.of(parcels, desk)));
    }

    @Test
    void aContradictionIsNamed() {
        var other = parcels.replace("\"minimum\": 1", "\"minimum\": 2");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsyncApiDocuments.merge("Post", "1", List.of(parcels, other)))
                .withMessageContaining("#/components/schemas/sample.parcel.sent.v1/definitions/Grams/minimum");
    }

    private static String document(ServiceContract contract) {
        return new AsyncApi(() -> contract).json();
    }
}
