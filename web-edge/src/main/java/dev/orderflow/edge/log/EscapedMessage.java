package dev.orderflow.edge.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Writes the message of a log event on one line. */
final class EscapedMessage extends MessageConverter {

    /** Spring Boot's report of a failed start, which is laid out in lines and quotes the configuration only. */
    private static final String START_FAILURES = "org.springframework.boot.diagnostics.";

    @Override
    public String convert(ILoggingEvent event) {
        var message = String.valueOf(super.convert(event));
        return event.getLoggerName().startsWith(START_FAILURES)
                ? LogEscapes.paragraphs(message)
                : LogEscapes.line(message);
    }
}
