package dev.orderflow.edge.security;

import dev.orderflow.edge.tenant.TenantLimits;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Makes the service a resource server. All beans exist also while it is disabled, and do nothing then: Spring's AOT
 * processing would decide a condition when the service is built.
 */
@AutoConfiguration(
        before = WebMvcAutoConfiguration.class,
        afterName = "dev.orderflow.edge.tenant.TenantAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({JwtProperties.class, SecurityProperties.class})
class SecurityAutoConfiguration {

    /** Runs before bodies are read, and after the filters that give answers their context and refuse under overload. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

    @Bean
    @ConditionalOnMissingBean
    AccessRules accessRules() {
        return AccessRules.builder().build();
    }

    @Bean
    @ConditionalOnMissingBean
    AccessControl accessControl(
            AccessRules rules,
            JwtProperties issuer,
            SecurityProperties settings,
            TenantLimits limits,
            ObjectProvider<Clock> clocks) {
        if (!settings.enabled()) {
            return new AccessControl(rules, null, settings.platformTenant(), TenantLimits.none());
        }
        var clock = clocks.getIfAvailable(Clock::systemUTC);
        var decoder = TokenDecoders.create(issuer, settings, clock);
        var tokens = new AccessTokens(decoder, settings.clockSkew(), settings.verifiedTokens(), clock);
        return new AccessControl(rules, tokens, settings.platformTenant(), limits);
    }

    @Bean
    @ConditionalOnMissingBean
    HostNames hostNames(SecurityProperties settings, Environment environment) {
        return HostNames.of(
                settings.hosts(),
                settings.anyAddress(),
                environment.getProperty("spring.application.name"),
                environment.getProperty("HOSTNAME"));
    }

    @Bean
    FilterRegistrationBean<Filter> accessFilter(AccessControl control, HostNames hosts) {
        var access = OperationAccess.ofService(control.rules(), control::isOfPlatform);
        return registration(control, hosts, access, control.limits());
    }

    static FilterRegistrationBean<Filter> registration(
            AccessControl control, HostNames hosts, OperationAccess access, TenantLimits limits) {
        if (!control.isOn()) {
            var nothing =
                    new FilterRegistrationBean<Filter>((request, response, chain) -> chain.doFilter(request, response));
            nothing.setEnabled(false);
            return nothing;
        }
        var registration = new FilterRegistrationBean<>(AccessFilters.create(hosts, control.tokens(), access, limits));
        registration.setOrder(ORDER);
        registration.setAsyncSupported(false);
        return registration;
    }
}
