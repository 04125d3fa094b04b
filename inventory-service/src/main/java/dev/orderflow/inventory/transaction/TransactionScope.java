package dev.orderflow.inventory.transaction;

import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.SimpleTransactionScope;

/**
 * Registers a bean scope with the lifetime of a transaction: one instance per transaction, removed after commit or
 * rollback.
 */
@Configuration(proxyBeanMethods = false)
public class TransactionScope {

    /** Name of the scope. */
    public static final String TRANSACTION = "transaction";

    @Bean
    static CustomScopeConfigurer scopes() {
        var scopes = new CustomScopeConfigurer();
        scopes.addScope(TRANSACTION, new SimpleTransactionScope());
        return scopes;
    }
}
