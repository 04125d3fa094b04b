package dev.orderflow.eventing.admin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Provides the context of the management port, which contains the operators' controllers. */
@TestConfiguration(proxyBeanMethods = false)
class ManagementContext implements ApplicationListener<ServletWebServerInitializedEvent> {

    private @Nullable MockMvcTester mvc;

    @Override
    public void onApplicationEvent(ServletWebServerInitializedEvent event) {
        var context = event.getApplicationContext();
        if ("management".equals(context.getServerNamespace())) {
            mvc = MockMvcTester.from(context);
        }
    }

    MockMvcTester mvc() {
        return Objects.requireNonNull(mvc);
    }
}
