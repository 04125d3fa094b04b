package dev.orderflow.eventing.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An application without JPA, a web server and Flyway, whose tables were created from the printed SQL. */
class LeanClassPathIT {

    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?:orderflow-eventing-admin|hibernate-(?!validator)|jakarta\\.persistence|spring-orm|spring-data|flyway|spring-web|tomcat|jakarta\\.servlet).*"
                    + "|spring-boot-(?:starter-)?(?:data|hibernate|jpa|flyway|web|servlet|tomcat).*");

    @Test
    void anEventTakesEffectWithNothingButJdbcOnTheClassPath() throws Exception {
        var database = TestInfrastructure.get().createDatabase("lean");
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        EventingTables.apply(dataSource, new PrintSql(Optional.of("messages"), 0).sql());
        new JdbcTemplate(dataSource)
                .execute(new ClassPathResource("db/migration/V1__sample.sql").getContentAsString(UTF_8));

        var output = run(
                "--eventing.schema=messages",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers());

        assertThat(output).endsWith(LeanApplication.SUCCESS);
    }

    @Test
    void whatIsLeftOutIsThereOtherwise() {
        assertThat(entries().filter(LeanClassPathIT::isLeftOut))
                .anyMatch(entry -> entry.contains("hibernate-core"))
                .anyMatch(entry -> entry.contains("flyway-core"))
                .anyMatch(entry -> entry.contains("orderflow-eventing-admin"))
                .anyMatch(entry -> entry.contains("spring-webmvc"));
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                entries()
                        .filter(Predicate.not(LeanClassPathIT::isLeftOut))
                        .collect(Collectors.joining(File.pathSeparator)),
                LeanApplication.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static boolean isLeftOut(String entry) {
        return LEFT_OUT.matcher(Path.of(entry).getFileName().toString()).matches();
    }
}
