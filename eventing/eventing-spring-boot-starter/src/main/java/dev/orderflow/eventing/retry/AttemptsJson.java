package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Converts attempts from and to the JSON that the database stores. */
final class AttemptsJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Attempt>> ATTEMPTS = new TypeReference<>() {};

    private AttemptsJson() {}

    static String write(List<Attempt> attempts) {
        return MAPPER.writeValueAsString(attempts);
    }

    static List<Attempt> read(String json) {
        return MAPPER.readValue(json, ATTEMPTS);
    }
}
