package dev.orderflow.eventing.deadletter;

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
            return StorableText.of(principal.getName(), LONGEST);
        }
        var named = request.getHeader(HEADER);
        if (named == null || named.isBlank()) {
            return UNAUTHENTICATED;
        }
        if (named.length() > LONGEST) {
            throw new InvalidRequestException(
                    "validation_failed", HEADER, "must have at most " + LONGEST + " characters");
        }
        return UNAUTHENTICATED + ":" + StorableText.of(named.strip());
    }
}
