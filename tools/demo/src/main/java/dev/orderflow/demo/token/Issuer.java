package dev.orderflow.demo.token;

import java.time.Duration;

/** Grants access tokens. */
interface Issuer {

    /** @throws IssuerAwayException if it grants none in time */
    Grant grant(Role role);

    /**
     * Granted token.
     *
     * @param lifetime how long it is valid from now on
     */
    record Grant(String token, Duration lifetime) {

        /** Leaves out the token, so that no log can show it. */
        @Override
        public String toString() {
            return "Grant[lifetime=" + lifetime + "]";
        }
    }
}
