package dev.orderflow.demo.client.admin;

import java.util.Map;

/** Who is at the keyboard, for the services' audit trail. */
final class Operator {

    private static final int MAX_LENGTH = 100;

    private Operator() {}

    /** Empty if that isn't known. */
    static Map<String, String> header() {
        return header(System.getProperty("user.name", ""));
    }

    /** A header takes ASCII only. */
    static Map<String, String> header(String user) {
        var name = user.replaceAll("[^\\x20-\\x7E]", "?").strip();
        return name.isEmpty() ? Map.of() : Map.of("X-Operator", name.substring(0, Math.min(MAX_LENGTH, name.length())));
    }
}
