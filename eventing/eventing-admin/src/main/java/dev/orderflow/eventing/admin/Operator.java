package dev.orderflow.eventing.admin;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The operator who sends a request: the authenticated user, otherwise the name in the header {@value #HEADER}. The header is not
 * authenticated, so its name is marked as {@value #UNAUTHENTICATED}.
 */
public final class Operator {

    private static final String HEADER = "X-Operator";
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final int LONGEST = 100;

    private Operator() {}

    /** Returns the operator's name for the audit trail. */
    public static String of(HttpServletRequest request) {
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

    /** Returns the beginning of a name, without splitting a surrogate pair at its end. */
    private static String beginning(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        var end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return name.substring(0, end);
    }
}
