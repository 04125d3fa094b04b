package dev.orderflow.eventing.wire;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the JSON conversion of events. */
@AutoConfiguration
class EventingWireAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventJson eventJson(ObjectProvider<EventContracts> contracts) {
        return new EventJson(contracts.getIfAvailable(() -> EventContracts.NONE));
    }
}
