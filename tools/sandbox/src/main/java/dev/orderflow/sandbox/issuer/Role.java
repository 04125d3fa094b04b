package dev.orderflow.sandbox.issuer;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Client of the issuer, and what its tokens say. The client's id is the role's label.
 * <p>
 * The secrets are public: all who reach this issuer can act as anybody, so services outside a demo must not trust it.
 */
enum Role {
    CUSTOMER("customer-1", "demo", "orders:read", "orders:write"),
    CUSTOMER2("customer-2", "demo", "orders:read", "orders:write"),
    /** Customer of another tenant. */
    STRANGER("customer-3", "other", "orders:read", "orders:write"),
    /** Storefront, which acts for any customer of its tenant. */
    SHOP("shop", "demo", "orders:read", "orders:write", "orders:tenant"),
    MERCHANDISER("merchandiser", "demo", "catalog:write", "stock:write", "promotions:write"),
    OPERATOR("operator", "demo", "operator", "orders:read", "orders:tenant", "customers:erase"),
    AUDITOR("auditor", "demo", "audit:read"),
    /** Service that sends e-mail to customers. */
    NOTIFICATION("notification", "demo", "addresses:read");

    private final String subject;
    private final String tenant;
    private final Set<String> scopes;

    Role(String subject, String tenant, String... scopes) {
        this.subject = subject;
        this.tenant = tenant;
        this.scopes = new LinkedHashSet<>(List.of(scopes));
    }

    /** Returns the role of that label; empty if there is none. */
    static Optional<Role> labelled(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String secret() {
        return label() + "-secret";
    }

    /** {@return the claim {@code sub}: a customer's id, or the client's name} */
    String subject() {
        return subject;
    }

    String tenant() {
        return tenant;
    }

    /** {@return all scopes that may be granted, in a fixed order} */
    Set<String> scopes() {
        return scopes;
    }
}
