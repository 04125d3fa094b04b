package dev.orderflow.eventing.schema;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the database that contains the starter's tables, and of their creation. */
@AutoConfiguration(
        after = DataSourceTransactionManagerAutoConfiguration.class,
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@EnableConfigurationProperties(DatabaseProperties.class)
class EventingSchemaAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventingDatabase eventingDatabase(ListableBeanFactory factory, DatabaseProperties properties) {
        var beans = new DatabaseBeans(factory);
        DataSource dataSource = beans.dataSource(properties.dataSource());
        return new EventingDatabase(
                dataSource,
                beans.transactions(properties.transactionManager(), dataSource),
                EventingSchema.of(properties.schema()));
    }

    @Bean
    @ConditionalOnMissingBean
    TableCreation eventingTableCreation(EventingDatabase database, DatabaseProperties properties) {
        return new TableCreation(database.schema(), properties.migration());
    }

    /** Separate class, because JPA is optional. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.persistence.EntityManagerFactory")
    @ConditionalOnBean(type = "jakarta.persistence.EntityManagerFactory")
    static class Jpa {

        @Bean
        @ConditionalOnMissingBean
        PersistenceContext eventingPersistenceContext(
                ObjectProvider<EntityManagerFactory> all, EventingDatabase database) {
            return JpaPersistenceContext.of(all, database);
        }
    }
}
