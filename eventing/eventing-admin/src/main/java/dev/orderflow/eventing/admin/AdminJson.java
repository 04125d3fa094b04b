package dev.orderflow.eventing.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for storage: without nulls, and independent of the application's JSON configuration for its REST API. */
public final class AdminJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private AdminJson() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
