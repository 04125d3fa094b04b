package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** The limits of the guards in {@code application.yml}, each of which contains others. */
class GuardLimitsTests {

    /** The most that {@code notification.customers.read-timeout} may be. */
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private static final int ANSWERS_PER_MAIL = 6;

    private final PropertySource<?> settings = settings();

    @Test
    void aLookUpAndAnEMailFitIntoTheGuardOfSmtp() {
        var smtp = millis("spring.mail.properties.mail.smtp.connectiontimeout")
                .plus(millis("spring.mail.properties.mail.smtp.timeout").multipliedBy(ANSWERS_PER_MAIL));

        assertThat(limit("smtp")).isGreaterThan(LOOK_UP.plus(smtp));
    }

    @Test
    void theGuardOfCustomersContainsTheWaitForSmtp() {
        assertThat(limit("customers")).isGreaterThan(limit("smtp").plus(wait("smtp")));
        assertThat(List.of(wait("smtp"), wait("customers")))
                .allSatisfy(wait ->
                        assertThat(wait).isGreaterThanOrEqualTo(limit("smtp").multipliedBy(4)));
    }

    private Duration limit(String guard) {
        return duration("resilience4j.timelimiter.instances." + guard + ".timeout-duration");
    }

    private Duration wait(String guard) {
        return duration("resilience4j.bulkhead.instances." + guard + ".max-wait-duration");
    }

    private Duration duration(String name) {
        return DurationStyle.detectAndParse(text(name));
    }

    private Duration millis(String name) {
        return Duration.ofMillis(Long.parseLong(text(name)));
    }

    private String text(String name) {
        return String.valueOf(settings.getProperty(name));
    }

    private static PropertySource<?> settings() {
        try {
            return new YamlPropertySourceLoader()
                    .load("settings", new ClassPathResource("application.yml"))
                    .getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
