package dev.orderflow.demo.token;

import org.jspecify.annotations.Nullable;

/** Reports that the issuer granted no access token in time. Repeating the request later may help. */
public class IssuerAwayException extends RuntimeException {

    public IssuerAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
