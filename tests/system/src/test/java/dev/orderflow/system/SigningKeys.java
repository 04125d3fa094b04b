package dev.orderflow.system;

import static java.util.stream.Collectors.joining;

import dev.orderflow.verify.evidence.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** A key of each service in a folder, as the options that let all services sign their events and require signatures. */
final class SigningKeys {

    private final Path folder;

    private SigningKeys(Path folder) {
        this.folder = folder;
    }

    static SigningKeys create(Path folder) throws IOException, NoSuchAlgorithmException {
        var keys = new SigningKeys(folder.toAbsolutePath());
        for (var service : Service.values()) {
            keys.use(service, keys.trustAnother(service, "current"));
        }
        return keys;
    }

    /** Has all services trust another key of {@code service} as well, and returns its private part. */
    PrivateKey trustAnother(Service service, String name) throws IOException, NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        write(trusted(service).resolve(name + ".pem"), "PUBLIC KEY", pair.getPublic());
        return pair.getPrivate();
    }

    /** Has {@code service} sign with {@code key} from now on. */
    void use(Service service, PrivateKey key) throws IOException {
        write(folder.resolve(service.group() + ".pem"), "PRIVATE KEY", key);
    }

    /** {@return options of each service's JVM} */
    String[] jvmOptions() {
        var own = "-Deventing.signatures.key=" + folder + "/${eventing.group}.pem";
        var trusted = Arrays.stream(Service.values())
                .map(service -> "-Deventing.signatures.trusted." + service.group() + "=" + trusted(service));
        return Stream.concat(Stream.of(own, "-Deventing.signatures.verify=require"), trusted)
                .toArray(String[]::new);
    }

    private Path trusted(Service service) {
        return folder.resolve("trusted").resolve(service.group());
    }

    private static void write(Path file, String label, Key key) throws IOException {
        Files.createDirectories(file.getParent());
        var base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        Files.writeString(
                file,
                Stream.of("-----BEGIN " + label + "-----", base64, "-----END " + label + "-----")
                        .collect(joining("\n", "", "\n")));
    }
}
