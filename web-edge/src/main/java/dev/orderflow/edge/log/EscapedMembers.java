package dev.orderflow.edge.log;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Escapes in structured logs what JSON itself leaves as it is. Public because Spring Boot creates it by its name, which
 * {@code logging.structured.json.customizer} sets.
 */
public final class EscapedMembers implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(ValueProcessor.of(String.class, LogEscapes::json));
    }
}
