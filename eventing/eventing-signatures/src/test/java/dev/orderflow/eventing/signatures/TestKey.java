package dev.orderflow.eventing.signatures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** A new pair of keys, as files that {@code openssl} could have written. */
record TestKey(KeyPair pair) {

    static TestKey create() {
        try {
            return new TestKey(KeyPairGenerator.getInstance(Pem.ALGORITHM).generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String id() {
        return KeyId.of(pair.getPublic());
    }

    SigningKey signing() {
        return new SigningKey(id(), pair.getPrivate());
    }

    TreeSigner signer() {
        return new TreeSigner(new Refreshed<>("signing-key", this::signing, Clock.systemUTC(), Duration.ofMinutes(1)));
    }

    Path writePrivate(Path file) {
        return write(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    Path writePublic(Path file) {
        return write(file, publicPem());
    }

    /** Writes the public key with the end of its trust. */
    Path writePublic(Path file, String notAfter) {
        return write(file, "Not-After: " + notAfter + "\n" + publicPem());
    }

    String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + label
                + "-----\n";
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
