package dev.orderflow.eventing.admin;

import dev.orderflow.eventing.deadletter.RefusedRequest;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks: the authenticated user, else whom the caller names in {@value #HEADER}, marked as {@value #UNAUTHENTICATED}, since
 * anybody can claim any name.
 */
final class Operator {

    private static final String HEADER = "X-Operator";
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final int LONGEST = 100;

    private Operator() {}

    static String of(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        if (principal != null) {
            return beginning(principal.getName());
        }
        var named = request.getHeader(HEADER);
        if (named == null || named.isBlank()) {
            return UNAUTHENTICATED;
        }
        if (named.length() > LONGEST) {
            throw new RefusedRequest.Invalid(
                    "validation_failed", HEADER, "must have at most " + LONGEST + " characters");
        }
        return UNAUTHENTICATED + ":" + named.strip();
    }

    /** Without half a character at its end. */
    private static String beginning(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        var end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return name.substring(0, end);
    }
}
