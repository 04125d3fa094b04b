package dev.orderflow.eventing.inbox.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class RateLimitAutoConfigurationTests extends WiringTests {

    RateLimitAutoConfigurationTests() {
        super(RateLimitAutoConfiguration.class);
    }

    @Test
    void thereAreNoLimitsUnlessTheyAreConfigured() {
        consumer()
                .run(context ->
                        assertThat(context.getBean(TenantLimits.class).isIdle()).isTrue());
        consumer()
                .withPropertyValues("eventing.rate-limit.events=100")
                .run(context ->
                        assertThat(context.getBean(TenantLimits.class).isIdle()).isFalse());
    }

    @Test
    void limitsNeedResilience4j() {
        consumer()
                .withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
                .withPropertyValues("eventing.rate-limit.events=100")
                .run(context -> assertThatThrownBy(() -> context.getBean(TenantLimits.class))
                        .hasStackTraceContaining("Rate limits need Resilience4j"));
    }
}
