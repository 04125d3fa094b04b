package dev.orderflow.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@RealInfrastructure
@SpringBootTest
class RealInfrastructureIT {

    @Autowired
    Environment environment;

    @Test
    void aContextGetsADatabaseOfItsOwnAndTheSharedBroker() throws Exception {
        var url = environment.getRequiredProperty("spring.datasource.url");
        var user = environment.getRequiredProperty("spring.datasource.username");
        try (var connection =
                DriverManager.getConnection(url, user, environment.getRequiredProperty("spring.datasource.password"))) {
            assertThat(connection.getCatalog()).isEqualTo(user).startsWith("test_");
            connection.createStatement().execute("CREATE TABLE t ()");
        }
        assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
                .isEqualTo(TestInfrastructure.get().bootstrapServers());
    }

    @Configuration
    static class Nothing {}
}
