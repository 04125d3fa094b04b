package dev.orderflow.eventing.admin.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenant of an event in the stored headers of its dead letter, in the form that {@code HeadersJson} writes. Does not
 * parse them: they are a publisher's, and there are hundreds of letters to a page.
 */
final class LetterTenant {

    private static final String BEGINNING = "{\"name\":\"ce_tenantid\",\"base64\":\"";

    /** POSIX pattern whose group is the tenant's beginning in Base64; a valid tenant is not longer. */
    static final String PATTERN = "[{]\"name\":\"ce_tenantid\",\"base64\":\"([A-Za-z0-9+/=]{1,88})";

    private LetterTenant() {}

    /** Returns the header of a tenant's events, as text. */
    static String header(String tenant) {
        return BEGINNING + Base64.getEncoder().encodeToString(tenant.getBytes(UTF_8)) + '"';
    }

    /** Returns the tenant that {@link #PATTERN} has found; null if it has found none. */
    static @Nullable String read(@Nullable String base64) {
        return base64 == null ? null : new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
