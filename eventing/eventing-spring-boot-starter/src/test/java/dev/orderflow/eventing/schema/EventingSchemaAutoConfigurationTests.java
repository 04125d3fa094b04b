package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.WiringTests;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class EventingSchemaAutoConfigurationTests extends WiringTests {

    EventingSchemaAutoConfigurationTests() {
        super(EventingSchemaAutoConfiguration.class);
    }

    @Test
    void anyApplicationHasADatabaseAndCreatesItsTables() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(EventingDatabase.class)
                        .hasSingleBean(TableCreation.class));
    }

    @Test
    void entitiesAreFlushedAndForgottenWhereThereIsJpa() {
        publisher().run(context -> assertThat(context).doesNotHaveBean(PersistenceContext.class));
        publisher()
                .withBean(EntityManagerFactory.class, () -> mock(EntityManagerFactory.class))
                .run(context -> assertThat(context).hasSingleBean(PersistenceContext.class));
    }

    @Test
    void anApplicationWithoutJpaOnItsClassPathStarts() {
        consumer()
                .withClassLoader(new FilteredClassLoader("jakarta.persistence"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PersistenceContext.class));
    }
}
