package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys and passwords of a broker whose clients identify themselves by SASL/SCRAM over TLS, and may do only what they are
 * granted. They are made once and kept in a folder that only its owner reads.
 *
 * @param passwords by user
 */
public record KafkaSecurity(Path folder, Map<String, String> passwords) {

    /** User with all rights. */
    public static final String ADMIN = "admin";

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String PASSWORDS = "passwords.properties";
    private static final String KEYS = "broker.p12";
    private static final String CERTIFICATE = "broker.pem";
    /** Name in the broker's certificate, by which the broker identifies itself as a controller's client. */
    private static final String BROKER = "CN=broker";
    /** Name of the key store's password in the file of passwords; no user has it. */
    private static final String KEY_STORE = "key.store";

    private static final int PASSWORD_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    public KafkaSecurity {
        folder = folder.toAbsolutePath();
        passwords = Map.copyOf(passwords);
    }

    /** Returns what an earlier {@link #create} has left in {@code folder}. */
    public static Optional<KafkaSecurity> find(Path folder) {
        var file = folder.resolve(PASSWORDS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var content = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(content);
            var passwords = new TreeMap<String, String>();
            properties.stringPropertyNames().forEach(user -> passwords.put(user, properties.getProperty(user)));
            return Optional.of(new KafkaSecurity(folder, passwords));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a key for the broker and passwords for {@code users} and {@link #ADMIN}. Afterwards {@code folder} is complete
     * or does not exist.
     */
    public static KafkaSecurity create(Path folder, Collection<String> users) {
        var unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        Folders.delete(unfinished);
        try {
            Files.createDirectories(unfinished.toAbsolutePath().getParent());
            Files.createDirectory(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var lines = Stream.concat(Stream.of(KEY_STORE, ADMIN), users.stream())
                    .map(user -> user + "=" + password())
                    .toList();
            Files.write(unfinished.resolve(PASSWORDS), lines);
            var made = find(unfinished).orElseThrow();
            made.makeKeys();
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return find(folder).orElseThrow();
    }

    /**
     * Returns the settings of {@code user}'s clients, besides the broker's address.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public Map<String, String> client(String user) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                login(user),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                folder.resolve(CERTIFICATE).toString());
    }

    /** Returns the broker's settings. Its listeners are named BROKER and CONTROLLER. */
    String brokerProperties() {
        return String.format(
                Locale.ROOT,
                """
                listener.security.protocol.map=BROKER:SASL_SSL,CONTROLLER:SSL
                sasl.enabled.mechanisms=%1$s
                sasl.mechanism.inter.broker.protocol=%1$s
                listener.name.broker.scram-sha-512.sasl.jaas.config=%2$s
                listener.name.controller.ssl.client.auth=required
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%3$s
                ssl.keystore.password=%4$s
                ssl.key.password=%4$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%5$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                allow.everyone.if.no.acl.found=false
                super.users=User:%6$s;User:%7$s
                """,
                MECHANISM,
                login(ADMIN),
                folder.resolve(KEYS),
                password(KEY_STORE),
                folder.resolve(CERTIFICATE),
                ADMIN,
                BROKER);
    }

    /** Returns the users and passwords in the form of {@code kafka-storage format --add-scram}. */
    List<String> credentials() {
        return passwords.entrySet().stream()
                .filter(user -> !user.getKey().equals(KEY_STORE))
                .map(user -> MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .sorted()
                .toList();
    }

    private String login(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password(user) + "\";";
    }

    private String password(String user) {
        return Optional.ofNullable(passwords.get(user))
                .orElseThrow(() -> new IllegalArgumentException("the broker has no user " + user));
    }

    private static String password() {
        var bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Passes the password to the JDK's keytool in its environment, so that process listings do not show it. */
    private void makeKeys() {
        var store = List.of(
                "-alias", "broker", "-keystore", folder.resolve(KEYS).toString(), "-storepass:env", "STORE_PASSWORD");
        var password = Map.of("STORE_PASSWORD", password(KEY_STORE));
        keytool(
                password,
                Command.join(
                        List.of("-genkeypair", "-storetype", "PKCS12", "-keyalg", "EC", "-groupname", "secp256r1"),
                        Command.join(
                                store,
                                List.of(
                                        "-dname",
                                        BROKER,
                                        "-ext",
                                        "san=ip:127.0.0.1,dns:localhost",
                                        "-validity",
                                        "825"))));
        var certificate = folder.resolve(CERTIFICATE).toString();
        keytool(password, Command.join(List.of("-exportcert", "-rfc", "-file", certificate), store));
    }

    private static void keytool(Map<String, String> environment, List<String> arguments) {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var result = Command.run(Command.join(List.of(program), arguments), environment);
        if (!result.succeeded()) {
            throw new IllegalStateException("keytool failed: " + result.output());
        }
    }
}
