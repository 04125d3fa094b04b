package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Certificate authority of local servers, in a folder that only its owner reads. Clients that trust {@link #certificate()}
 * trust each certificate that it issues, so that a server can get another one while they run.
 */
public record Authority(Path folder) {

    private static final String KEYS = "authority.p12";
    private static final String CERTIFICATE = "ca.crt";
    private static final String NAME = "authority";

    /** Password of the key store, which needs one: the folder's mode protects it. */
    private static final String PASSWORD = "authority";

    public Authority {
        folder = folder.toAbsolutePath();
    }

    /** Key of a server and its certificate chain, both in PEM. */
    public record Issued(String key, String chain) {}

    /** Creates an authority in the new folder {@code folder}. */
    public static Authority create(Path folder) {
        var authority = new Authority(folder);
        try {
            Files.createDirectories(authority.folder.getParent());
            Files.createDirectory(
                    authority.folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            authority.keytool(
                    NAME,
                    "-storetype",
                    "PKCS12",
                    "-dname",
                    "CN=authority",
                    "-ext",
                    "bc=ca:true",
                    "-ext",
                    "ku=keyCertSign");
            Files.writeString(authority.certificate(), authority.chain(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return authority;
    }

    /** {@return the file of the certificate that clients trust, in PEM} */
    public Path certificate() {
        return folder.resolve(CERTIFICATE);
    }

    /** Issues a new key for the server {@code name} on this machine. */
    public Issued issue(String name) {
        var alias = name + "-" + UUID.randomUUID();
        keytool(alias, "-signer", NAME, "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1,dns:localhost");
        try {
            var key = store().getKey(alias, PASSWORD.toCharArray());
            return new Issued(pem("PRIVATE KEY", key.getEncoded()), chain(alias));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String chain(String alias) {
        try {
            return Arrays.stream(store().getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .map(Authority::pem)
                    .collect(Collectors.joining());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        try {
            return KeyStore.getInstance(folder.resolve(KEYS).toFile(), PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(folder.resolve(KEYS) + " cannot be read", e);
        }
    }

    private void keytool(String alias, String... more) {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(
                program,
                "-genkeypair",
                "-alias",
                alias,
                "-keystore",
                folder.resolve(KEYS).toString(),
                "-storepass:env",
                "STORE_PASSWORD",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "825");
        var result = Command.run(Command.join(command, List.of(more)), Map.of("STORE_PASSWORD", PASSWORD));
        if (!result.succeeded()) {
            throw new IllegalStateException("keytool failed: " + result.output());
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
