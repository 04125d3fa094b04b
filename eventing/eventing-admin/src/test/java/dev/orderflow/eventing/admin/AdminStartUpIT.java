package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts a whole application with the operators' API but without a separate management port, and checks the reported error. */
@ExtendWith(OutputCaptureExtension.class)
class AdminStartUpIT {

    /** Port 8080 is the default of the application's port. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--management.server.port=-1",
                "--management.server.port=8080",
                "--server.port=8099 --management.server.port=8099"
            })
    void operatorsOnTheApplicationsPortStopTheStart(String ports, CapturedOutput output) {
        var arguments = Stream.concat(
                        Stream.of("--spring.main.web-application-type=servlet", "--eventing.admin.enabled=true"),
                        Arrays.stream(ports.split(" ")))
                .filter(argument -> !argument.isEmpty())
                .toArray(String[]::new);

        assertThatThrownBy(() -> start(SampleApplication.class, arguments));

        assertThat(output)
                .contains("eventing.admin.enabled")
                .contains("set management.server.port to a port that differs");
    }

    private static void start(Class<?> application, String... arguments) {
        var database = TestInfrastructure.get().createDatabase("start");
        var all = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers()));
        all.addAll(List.of(arguments));
        SpringApplication.run(application, all.toArray(String[]::new)).close();
    }
}
