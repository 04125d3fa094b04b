package dev.orderflow.eventing.schemas;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Events of the tests, of which one has two versions. */
@EventTopic(ItemEvent.TOPIC)
sealed interface ItemEvent extends DomainEvent {

    String TOPIC = "test-items";
    String ORDERED_V1 = "test.item.ordered.v1";
    String ORDERED_V2 = "test.item.ordered.v2";
    String NOTED = "test.item.noted.v1";

    /** Converts {@link Ordered} to {@link OrderedV2}. */
    Upcaster UPCASTER = new Upcaster(ORDERED_V1, ORDERED_V2, data -> {
        data.set("listPrice", data.remove("price"));
        return data.put("discount", 0);
    });

    String item();

    @Override
    @JsonIgnore
    default String key() {
        return item();
    }

    @EventType(ORDERED_V1)
    record Ordered(String item, long price) implements ItemEvent {}

    @EventType(ORDERED_V2)
    record OrderedV2(String item, long listPrice, long discount) implements ItemEvent {

        Ordered toV1() {
            return new Ordered(item, listPrice - discount);
        }
    }

    @EventType(NOTED)
    record Noted(String item, String note) implements ItemEvent {}
}
