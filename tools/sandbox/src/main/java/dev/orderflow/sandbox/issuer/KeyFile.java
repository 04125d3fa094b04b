package dev.orderflow.sandbox.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.converter.RsaKeyConverters;

/** Private RSA key in a PEM file (PKCS #8) that only its owner can read. Its id is its thumbprint (RFC 7638). */
record KeyFile(Path file) {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

    private static final int BITS = 2048;
    /** Several times the size of a key with 4,096 bits. */
    private static final int LARGEST = 16 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE);

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Writes a new key unless the file exists. Of several processes that do so at once, one succeeds and the others
     * leave its key as it is: the file gets its name when it is complete, by a link, which never replaces a file.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void createIfMissing() {
        if (exists()) {
            return;
        }
        try {
            createFolder();
            var unfinished = Files.createTempFile(
                    folder(), "unfinished", ".pem", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try {
                write(unfinished, newKey());
                Files.createLink(file, unfinished);
                log.info("key=created file={}", file);
            } catch (FileAlreadyExistsException e) {
                log.info("key=kept file={} reason=\"another process has just created it\"", file);
            } finally {
                Files.delete(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + "; set sandbox.issuer.keys to another folder", e);
        }
    }

    /**
     * Reads the key. Takes away all permissions of others, which a volume may have added.
     *
     * @throws IllegalStateException if the file holds no suitable key
     * @throws UncheckedIOException if it cannot be read
     */
    RSAKey read() {
        try {
            if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
                log.warn("key=protected file={} reason=\"others could read it\"", file);
            }
            if (Files.size(file) > LARGEST) {
                throw unsuitable(null);
            }
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private RSAKey parse(byte[] pem) {
        try {
            var key = RsaKeyConverters.pkcs8().convert(new ByteArrayInputStream(pem));
            if (!(key instanceof RSAPrivateCrtKey complete)
                    || complete.getModulus().bitLength() < BITS) {
                throw unsuitable(null);
            }
            var spec = new RSAPublicKeySpec(complete.getModulus(), complete.getPublicExponent());
            var published = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return new RSAKey.Builder(published)
                    .privateKey(complete)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (IllegalArgumentException | GeneralSecurityException | JOSEException e) {
            throw unsuitable(e);
        }
    }

    private IllegalStateException unsuitable(@Nullable Exception cause) {
        return new IllegalStateException(
                file + " is no RSA key of " + BITS
                        + " bits or more in PEM form (PKCS #8); delete it, and the next start creates one",
                cause);
    }

    private Path folder() {
        return file.toAbsolutePath().getParent();
    }

    private void createFolder() throws IOException {
        Files.createDirectories(folder().getParent());
        try {
            Files.createDirectory(
                    folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            log.debug("folder={} exists", folder());
        }
    }

    private static byte[] newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, byte[] key) throws IOException {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(pem.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // A key that is lost with the machine would make all tokens invalid.
            channel.force(true);
        }
    }
}
