package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 keys in PEM files (RFC 7468). The text before a key, which other programs ignore, may have a line
 * {@code Not-After: 2027-03-31T00:00:00Z}.
 */
final class Pem {

    static final String ALGORITHM = "Ed25519";

    private static final int LARGEST_FILE = 65_536;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]{0,20000})-----END \\1-----");
    private static final Pattern NOT_AFTER = Pattern.compile("(?im)^\\s*not-after:[ \\t]*(\\S{1,40})[ \\t]*\\r?$");

    private Pem() {}

    /** @param notAfter null for a key without such a time */
    record Public(PublicKey key, @Nullable Instant notAfter) {}

    /** @throws InvalidKeyException if the file has no Ed25519 key as PKCS#8, or more than one */
    static PrivateKey privateKey(Path file) {
        var text = read(file);
        var keys = new ArrayList<PrivateKey>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("PRIVATE KEY")) {
                keys.add(privateKey(file, decoded(file, blocks.group(2))));
            }
        }
        if (keys.size() != 1) {
            throw new InvalidKeyException(file + " has " + keys.size() + " blocks PRIVATE KEY, not one");
        }
        return keys.getFirst();
    }

    /** @throws InvalidKeyException if the file has no public key, or one that is not Ed25519 */
    static List<Public> publicKeys(Path file) {
        var text = read(file);
        var keys = new ArrayList<Public>();
        var blocks = BLOCK.matcher(text);
        var end = 0;
        while (blocks.find()) {
            if (blocks.group(1).equals("PUBLIC KEY")) {
                var encoded = decoded(file, blocks.group(2));
                keys.add(new Public(publicKey(file, encoded), notAfter(file, text.substring(end, blocks.start()))));
            }
            end = blocks.end();
        }
        if (keys.isEmpty()) {
            throw new InvalidKeyException(file + " has no block PUBLIC KEY");
        }
        return keys;
    }

    private static PrivateKey privateKey(Path file, byte[] encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            // Without the cause, which might contain parts of the key.
            throw new InvalidKeyException(file + " has a private key that is not " + ALGORITHM + " as PKCS#8");
        }
    }

    private static PublicKey publicKey(Path file, byte[] encoded) {
        try {
            return (EdECPublicKey) KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException(file + " has a public key that is not " + ALGORITHM, e);
        }
    }

    private static @Nullable Instant notAfter(Path file, String preamble) {
        var line = NOT_AFTER.matcher(preamble);
        if (!line.find()) {
            return null;
        }
        try {
            return Instant.parse(line.group(1));
        } catch (DateTimeException e) {
            throw new InvalidKeyException(
                    file + " has Not-After: " + line.group(1) + ", not a time such as 2027-03-31T00:00:00Z");
        }
    }

    private static byte[] decoded(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException(file + " is not PEM");
        }
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new InvalidKeyException(file + " is larger than " + LARGEST_FILE + " bytes");
            }
            return new String(bytes, ISO_8859_1);
        } catch (IOException e) {
            throw new InvalidKeyException(file + " cannot be read: " + e, e);
        }
    }
}
