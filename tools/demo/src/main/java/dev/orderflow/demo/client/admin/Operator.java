package dev.orderflow.demo.client.admin;

import java.util.Map;

/** Name of the operator, for the services' audit trail. */
final class Operator {

    private static final int MAX_LENGTH = 100;

    private Operator() {}

    /** Returns the operator's header; empty if the name isn't known. */
    static Map<String, String> header() {
        return header(System.getProperty("user.name", ""));
    }

    /** Returns the header of a user name, reduced to ASCII, which HTTP headers require. */
    static Map<String, String> header(String user) {
        var name = user.replaceAll("[^\\x20-\\x7E]", "?").strip();
        return name.isEmpty() ? Map.of() : Map.of("X-Operator", name.substring(0, Math.min(MAX_LENGTH, name.length())));
    }
}
