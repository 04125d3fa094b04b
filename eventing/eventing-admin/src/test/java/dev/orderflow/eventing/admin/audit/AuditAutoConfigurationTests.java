package dev.orderflow.eventing.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class AuditAutoConfigurationTests extends WiringTests {

    AuditAutoConfigurationTests() {
        super(AuditAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasAnAuditLogToo() {
        publisher().run(context -> assertThat(context).hasNotFailed().hasSingleBean(Audit.class));
    }
}
