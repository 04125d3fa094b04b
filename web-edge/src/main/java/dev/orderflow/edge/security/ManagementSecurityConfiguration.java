package dev.orderflow.edge.security;

import dev.orderflow.edge.tenant.TenantLimits;
import jakarta.servlet.Filter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Protects the management port, whose filters are apart from those of the service's own port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementSecurityConfiguration {

    @Bean
    FilterRegistrationBean<Filter> managementAccessFilter(
            AccessControl control, HostNames hosts, SecurityProperties settings) {
        var access = OperationAccess.ofManagement(settings.openMetrics(), control::isOfPlatform);
        return SecurityAutoConfiguration.registration(control, hosts, access, TenantLimits.none());
    }
}
