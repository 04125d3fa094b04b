package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.wire.EventSigner;
import dev.orderflow.eventing.wire.EventVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of signatures: off until a key is configured. */
@AutoConfiguration(
        beforeName = {
            "dev.orderflow.eventing.outbox.relay.RelayAutoConfiguration",
            "dev.orderflow.eventing.inbox.InboxAutoConfiguration"
        })
@EnableConfigurationProperties(SignaturesProperties.class)
class SignaturesAutoConfiguration {

    /** The bean does not depend on the key: ahead-of-time processing would decide that at build time. */
    @Bean
    @ConditionalOnMissingBean
    EventSigner eventSigner(SignaturesProperties properties, ObjectProvider<Clock> clock) {
        var file = properties.key();
        return file == null
                ? EventSigner.NONE
                : new TreeSigner(new Refreshed<>(
                        "signing-key",
                        () -> SigningKey.of(file),
                        clock.getIfAvailable(Clock::systemUTC),
                        properties.refresh()));
    }

    @Bean
    @ConditionalOnMissingBean
    SignatureMetrics signatureMetrics(ObjectProvider<MeterRegistry> meters) {
        return new SignatureMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    @ConditionalOnMissingBean
    EventVerifier.Factory eventVerifiers(
            SignaturesProperties properties, SignatureMetrics metrics, ObjectProvider<Clock> clocks) {
        if (properties.trusted().isEmpty()) {
            return () -> EventVerifier.NONE;
        }
        var clock = clocks.getIfAvailable(Clock::systemUTC);
        var places = properties.trusted();
        var keys = new Refreshed<>(
                "trusted-keys", TrustedKeys.read(places), last -> last.again(places), clock, properties.refresh());
        return () -> new TreeVerifier(keys, properties::of, metrics, clock);
    }
}
