package dev.orderflow.system;

import static java.util.stream.Collectors.joining;

import dev.orderflow.verify.evidence.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
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
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            write(keys.folder.resolve(service.group() + ".pem"), "PRIVATE KEY", pair.getPrivate());
            write(keys.trusted(service).resolve("current.pem"), "PUBLIC KEY", pair.getPublic());
        }
        return keys;
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
