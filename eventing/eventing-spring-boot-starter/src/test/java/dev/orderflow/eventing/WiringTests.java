package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.sample.AccountEvent.Opened;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Tests of an auto-configuration's conditions. Beans are defined, but neither created nor started, so no database or broker is
 * needed.
 */
public abstract class WiringTests {

    private final Class<?> autoConfiguration;

    protected WiringTests(Class<?> autoConfiguration) {
        this.autoConfiguration = autoConfiguration;
    }

    /** An application with the starter's requirements that only publishes. */
    protected static ApplicationContextRunner publisher() {
        return new ApplicationContextRunner()
                .withInitializer(WiringTests::defineOnly)
                .withConfiguration(AutoConfigurations.of(all()))
                .withBean(DataSource.class, SimpleDriverDataSource::new)
                .withBean(JdbcTemplate.class, () -> mock(JdbcTemplate.class))
                .withBean(JdbcClient.class, () -> mock(JdbcClient.class))
                .withBean(PlatformTransactionManager.class, JdbcTransactionManager::new)
                .withBean(ProducerFactory.class, () -> new DefaultKafkaProducerFactory<>(Map.of()))
                .withBean(ConsumerFactory.class, () -> new DefaultKafkaConsumerFactory<>(Map.of()))
                .withBean(KafkaAdmin.class, () -> new KafkaAdmin(Map.of()));
    }

    /** An application that also consumes. */
    protected static ApplicationContextRunner consumer() {
        return publisher()
                .withPropertyValues("eventing.group=test")
                .withBean("handlers", Handlers.class, Handlers::new);
    }

    /** An application with all libraries that the starter can use. */
    protected static ApplicationContextRunner complete() {
        return consumer()
                .withBean(EntityManagerFactory.class, () -> mock(EntityManagerFactory.class))
                .withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
                .withBean(BulkheadRegistry.class, BulkheadRegistry::ofDefaults)
                .withBean(TimeLimiterRegistry.class, TimeLimiterRegistry::ofDefaults);
    }

    static class Handlers {

        @EventHandler
        void open(Opened opened) {}
    }

    /** Unlike {@code hasBean}, creates no bean. */
    protected static Consumer<ApplicationContext> defines(String... names) {
        return context -> assertThat(context.getBeanDefinitionNames()).contains(names);
    }

    @Test
    void itIsRegisteredAndComesAfterWhatThereIs() throws ClassNotFoundException {
        assertThat(all()).contains(autoConfiguration);
        for (var name : autoConfiguration.getAnnotation(AutoConfiguration.class).afterName()) {
            assertThat(Class.forName(name, false, getClass().getClassLoader())
                            .isAnnotationPresent(AutoConfiguration.class))
                    .as(name)
                    .isTrue();
        }
    }

    @TestFactory
    protected Stream<DynamicTest> eachBeanBacksOffWhenTheApplicationHasItsOwn() {
        return beanMethods().map(method -> DynamicTest.dynamicTest(method.getName(), () -> assertBacksOff(method)));
    }

    private Stream<Method> beanMethods() {
        return Stream.concat(Stream.of(autoConfiguration), Arrays.stream(autoConfiguration.getDeclaredClasses()))
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Bean.class));
    }

    private void assertBacksOff(Method method) {
        var condition = method.getAnnotation(ConditionalOnMissingBean.class);
        assertThat(condition).as("@ConditionalOnMissingBean of " + method).isNotNull();
        var type = condition.value().length == 0
                ? method.getReturnType()
                : condition.value()[0];
        var name = condition.name().length == 0 ? "applications" : condition.name()[0];
        runner().withInitializer(context -> register(context, name, type)).run(context -> {
            assertThat(context).hasNotFailed().hasBean(name);
            assertThat(isDefinedBy(method, context)).isFalse();
        });
    }

    /** Returns the application in which the beans back off. */
    protected ApplicationContextRunner runner() {
        return complete();
    }

    private static <T> void register(ApplicationContext context, String name, Class<T> type) {
        ((GenericApplicationContext) context).registerBean(name, type, () -> mock(type));
    }

    private static boolean isDefinedBy(Method method, ApplicationContext context) {
        var factory = ((ConfigurableApplicationContext) context).getBeanFactory();
        return factory.containsBeanDefinition(method.getName())
                && method.getName()
                        .equals(factory.getBeanDefinition(method.getName()).getFactoryMethodName());
    }

    private static void defineOnly(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> Arrays.stream(beans.getBeanDefinitionNames())
                .forEach(name -> beans.getBeanDefinition(name).setLazyInit(true)));
        context.getBeanFactory().registerSingleton("lifecycleProcessor", mock(LifecycleProcessor.class));
    }

    private static Class<?>[] all() {
        var candidates = ImportCandidates.load(AutoConfiguration.class, WiringTests.class.getClassLoader());
        return StreamSupport.stream(candidates.spliterator(), false)
                .filter(name -> name.startsWith("dev.orderflow."))
                .map(WiringTests::load)
                .toArray(Class<?>[]::new);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
