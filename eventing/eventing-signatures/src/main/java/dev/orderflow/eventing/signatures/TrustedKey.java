package dev.orderflow.eventing.signatures;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public key that may sign the events of a source.
 *
 * @param notAfter end of the trust, by this host's clock; null for none
 */
record TrustedKey(
        String source, String id, PublicKey key, @Nullable Instant notAfter) {

    boolean isExpired(long millis) {
        return notAfter != null && millis >= notAfter.toEpochMilli();
    }

    /** Returns whether this key made the signature. */
    boolean verifies(byte[] input, byte[] signed) {
        try {
            var signature = Signature.getInstance(Pem.ALGORITHM);
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Not a signature, whatever its bytes are.
            return false;
        }
    }
}
