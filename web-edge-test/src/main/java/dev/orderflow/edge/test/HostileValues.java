package dev.orderflow.edge.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that break programs which trust their input. */
final class HostileValues {

    /** Text of parameters and headers. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "-1",
            "0",
            "1.5",
            "2147483648",
            "99999999999999999999",
            "1e999999999",
            "NaN",
            "true",
            "[]",
            "' OR 1=1 --",
            "'; DROP TABLE orders; --",
            "../../etc/passwd",
            "${jndi:ldap://127.0.0.1/x}",
            "#{1+1}",
            "<script>alert(1)</script>",
            "😀".repeat(101),
            "\u0000",
            "\u202e",
            "a\u0301".repeat(60),
            "x".repeat(201),
            "x".repeat(5_000),
            "0198a000-0000-7000-8000-00000000000g",
            "{}",
            "*",
            "%");

    /** JSON in the place of a value. */
    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "0",
            "-1",
            "1.0",
            "1e300000000",
            "-1e-300000000",
            "99999999999999999999",
            "9".repeat(99),
            "9".repeat(100_000),
            "\"3\"",
            "\"\"",
            "\" \"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\u202e\"",
            "\"" + "😀".repeat(101) + "\"",
            "\"" + "x".repeat(300_000) + "\"",
            "\"' OR 1=1 --\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "[".repeat(31) + "]".repeat(31),
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "NaN",
            "[" + "{},".repeat(20_000) + "{}]");

    private static final List<String> BODIES =
            List.of("", "null", "[]", "\"\"", "0", "{", "}", "\ufeff{}", "{}{}", "{\"\":\"\"}", "// {}");

    private HostileValues() {}

    static String text(Random random) {
        return any(TEXTS, random);
    }

    static String literal(Random random) {
        return any(LITERALS, random);
    }

    static String body(Random random) {
        return random.nextInt(4) == 0 ? colliding(random) : any(BODIES, random);
    }

    /** Returns an object of a thousand names with the same hash code, combined of {@code Aa} and {@code BB}. */
    static String colliding(Random random) {
        var names = new ArrayList<String>();
        for (var number = 0; number < 1_024; number++) {
            var name = new StringBuilder();
            for (var bit = 0; bit < 10; bit++) {
                name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.add("\"" + name + "\":" + random.nextInt(10));
        }
        return "{" + String.join(",", names) + "}";
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
