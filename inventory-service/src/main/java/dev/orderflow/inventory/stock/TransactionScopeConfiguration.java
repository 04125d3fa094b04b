package dev.orderflow.inventory.stock;

import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.SimpleTransactionScope;

/** Makes beans possible that live as long as a transaction: one instance each, gone after commit or rollback. */
@Configuration(proxyBeanMethods = false)
class TransactionScopeConfiguration {

    static final String TRANSACTION = "transaction";

    @Bean
    static CustomScopeConfigurer transactionScope() {
        var scopes = new CustomScopeConfigurer();
        scopes.addScope(TRANSACTION, new SimpleTransactionScope());
        return scopes;
    }
}
