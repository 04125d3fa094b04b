package dev.orderflow.eventing.admin.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenant of an event in the stored headers of its dead letter, in the form that {@code HeadersJson} writes: the last
 * one, as consumers do. An event in structured mode has its tenant in its body, and none here. Does not parse the headers: they
 * are a publisher's, and there are hundreds of letters to a page.
 */
final class LetterTenant {

    /** The tenant's beginning in Base64; a valid tenant is not longer. Null without one. */
    static final String SQL =
            "substring(d.headers FROM '.*[{]\"name\":\"ce_tenantid\",\"base64\":(?:\"([A-Za-z0-9+/=]{1,88}))?')";

    private LetterTenant() {}

    /** Returns the value of {@link #SQL} for a tenant's events. */
    static String base64(String tenant) {
        return Base64.getEncoder().encodeToString(tenant.getBytes(UTF_8));
    }

    /** Returns the tenant that {@link #SQL} has found; null if it has found none. */
    static @Nullable String read(@Nullable String base64) {
        return base64 == null ? null : new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
