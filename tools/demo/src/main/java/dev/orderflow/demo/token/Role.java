package dev.orderflow.demo.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Client of the sandbox's issuer, by its name in {@code ./demo token}. The sandbox decides what each may do. */
public enum Role {
    CUSTOMER,
    CUSTOMER2,
    /** Customer of another tenant. */
    STRANGER,
    /** Places and reads the orders of all customers of its tenant. */
    SHOP,
    /** Maintains catalog and stock. */
    MERCHANDISER,
    /** Administers the services, and erases customers. */
    OPERATOR,
    AUDITOR,
    /** Reads customers' addresses. */
    NOTIFICATION;

    /** Returns the role of that name; empty if there is none. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.label().equals(name)).findFirst();
    }

    /** {@return the name on the command line, which is the client's id} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the client's secret, which everybody knows} */
    String secret() {
        return label() + "-secret";
    }
}
