package dev.orderflow.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Logs hostile text in both formats of an application, configured as in the services. */
@ExtendWith(OutputCaptureExtension.class)
class HostileLogTests {

    /** A forged line, commands to a terminal in 7 and 8 bits, a change of direction, an invisible and half a character. */
    private static final String HOSTILE =
            "a\r\n2026-11-29T09:00:00.000Z  INFO 1 --- forged\u001b[2J\u009b31m\u0000\u0007\u007f\u202eb\u200b\u2028\ud800c";

    /** Applications of other tests in this JVM keep the format of logs that they have begun with, or that one has set. */
    @BeforeEach
    @AfterEach
    void forgetTheFormat() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @Test
    void textHasNoControlCharacters(CapturedOutput output) {
        log();

        assertShown(output.getOut(), List.of("\\r\\n2026-11-29", "\\u{1b}[2J", "\\u{9b}31m", "\\u{202e}", "\\u{d800}"));
        assertThat(output.getOut().lines())
                .noneMatch(line -> line.startsWith("2026-11-29T09:00:00.000Z"))
                .anyMatch(line -> line.contains("[requestId=r-1]"))
                .anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalArgumentException: cause a\\r\\n"));
    }

    @Test
    void jsonHasNoControlCharacters(CapturedOutput output) {
        log("--logging.structured.format.console=ecs", "--spring.application.name=sample");

        assertShown(output.getOut(), List.of("\\r\\n2026-11-29", "\\u001B[2J", "\\u009B31m", "u{202e}", "u{d800}"));
        var lines =
                output.getOut().lines().filter(line -> line.contains("hostile")).toList();
        assertThat(lines).hasSize(1);
        var event = JsonMapper.shared().readTree(lines.getFirst());
        assertThat(event.at("/requestId").stringValue()).isEqualTo("r-1");
        assertThat(event.at("/service/name").stringValue()).isEqualTo("sample");
        assertThat(event.at("/message").stringValue()).startsWith("hostile text=a\r\n2026");
        assertThat(event.at("/error/stack_trace").stringValue()).contains("IllegalArgumentException");
    }

    @Test
    void aLineWithoutAContextHasNoBrackets(CapturedOutput output) {
        try (var _ = start()) {
            LoggerFactory.getLogger(HostileLogTests.class).info("nothing");
        }

        assertThat(output.getOut()).contains("nothing").doesNotContain("[]");
    }

    @Test
    void theReportOfAFailedStartKeepsItsLines() {
        assertThat(LogEscapes.paragraphs("FAILED\n\nReason:\u001b[2J\r")).isEqualTo("FAILED\n\nReason:\\u{1b}[2J\\r");
    }

    private static void log(String... arguments) {
        try (var _ = start(arguments);
                var _ = MDC.putCloseable("requestId", "r-1")) {
            var cause = new IllegalArgumentException("cause " + HOSTILE);
            var failure = new IllegalStateException("failure " + HOSTILE, cause);
            failure.addSuppressed(new IllegalStateException("suppressed " + HOSTILE));
            LoggerFactory.getLogger(HostileLogTests.class).error("hostile text={}", HOSTILE, failure);
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        var application = new SpringApplication(Empty.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(arguments);
    }

    private static void assertShown(String output, List<String> escapes) {
        assertThat(output).contains(escapes);
        assertThat(output.codePoints()
                        .filter(character -> character != '\n' && character != '\t')
                        .filter(character -> switch (Character.getType(character)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE -> true;
                            default -> false;
                        }))
                .isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Empty {}
}
