package dev.orderflow.notification.mail;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The scopes that each operation requires. E-mails name their recipients, so customers see none. */
@Configuration(proxyBeanMethods = false)
class MailAccess {

    @Bean
    AccessRules mailAccessRules() {
        return AccessRules.builder()
                .operation(HttpMethod.GET, "/api/mails", "operator")
                .build();
    }
}
