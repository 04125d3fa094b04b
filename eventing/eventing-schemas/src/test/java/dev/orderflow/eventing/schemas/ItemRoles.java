package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.schemas.ItemEvent.OrderedV2;
import dev.orderflow.eventing.schemas.ItemsApplication.Effects;
import dev.orderflow.eventing.schemas.ItemsApplication.NewHandlers;
import dev.orderflow.eventing.schemas.ItemsApplication.OldHandlers;
import java.util.List;
import org.springframework.context.annotation.Bean;

/** Configurations of {@link ItemsApplication}, of which each instance has one. Not its members, which would all be part of it. */
final class ItemRoles {

    private ItemRoles() {}

    static class OldConsumer {

        @Bean
        OldHandlers handlers(Effects effects) {
            return new OldHandlers(effects);
        }
    }

    static class NewConsumer {

        @Bean
        NewHandlers handlers(Effects effects) {
            return new NewHandlers(effects);
        }

        @Bean
        Upcaster upcaster() {
            return ItemEvent.UPCASTER;
        }
    }

    static class OldPublisher {}

    static class PublisherOfBoth {

        @Bean
        PublishedVersions<OrderedV2> versions() {
            return new PublishedVersions<>(OrderedV2.class, ordered -> List.of(ordered.toV1(), ordered));
        }
    }

    static class PublisherOfV2 {}
}
