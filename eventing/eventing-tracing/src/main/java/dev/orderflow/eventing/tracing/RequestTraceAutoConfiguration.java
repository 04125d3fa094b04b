package dev.orderflow.eventing.tracing;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Auto-configuration of the trace context of HTTP requests. */
@AutoConfiguration(after = TracingAutoConfiguration.class)
@ConditionalOnClass({OncePerRequestFilter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(EventSpans.class)
class RequestTraceAutoConfiguration {

    /** Runs after all other filters: after the one that begins the request's span, and after any that opens another context. */
    @Bean
    @ConditionalOnMissingBean(name = "requestTraceFilter")
    FilterRegistrationBean<RequestTraceFilter> requestTraceFilter(EventSpans spans) {
        var registration = new FilterRegistrationBean<>(new RequestTraceFilter(spans));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
