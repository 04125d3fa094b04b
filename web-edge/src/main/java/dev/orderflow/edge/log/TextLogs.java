package dev.orderflow.edge.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.pattern.DynamicConverter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Makes the log's patterns escape messages and exceptions, as soon as Spring Boot has configured logging.
 * <p>
 * A configuration file could name the converters as well. Parsing it would lengthen each start, and it would replace
 * Spring Boot's choice between text and JSON.
 */
final class TextLogs implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Map<String, Supplier<DynamicConverter<?>>> CONVERTERS = Map.of(
            "m", EscapedMessage::new,
            "msg", EscapedMessage::new,
            "message", EscapedMessage::new,
            "ex", EscapedThrowable::new,
            "xEx", EscapedThrowable::new,
            "wex", EscapedThrowable::new,
            "wEx", EscapedThrowable::new);

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && register(context)) {
            context.getLoggerList()
                    .forEach(logger -> logger.iteratorForAppenders().forEachRemaining(TextLogs::applyTo));
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    /** Returns false if they are registered already, by an application that this process started before. */
    private static boolean register(LoggerContext context) {
        var converters = new HashMap<Object, Object>();
        if (context.getObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS) instanceof Map<?, ?> present) {
            converters.putAll(present);
        }
        if (converters.entrySet().containsAll(CONVERTERS.entrySet())) {
            return false;
        }
        converters.putAll(CONVERTERS);
        context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, converters);
        return true;
    }

    /** Compiles the pattern again, which looks the converters up. */
    private static void applyTo(Appender<ILoggingEvent> appender) {
        if (appender instanceof OutputStreamAppender<?> stream
                && stream.getEncoder() instanceof PatternLayoutEncoder encoder) {
            encoder.stop();
            encoder.start();
        }
    }
}
