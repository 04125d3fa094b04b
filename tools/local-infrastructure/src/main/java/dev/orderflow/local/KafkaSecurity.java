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
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys and passwords of a broker whose clients identify themselves by SASL/SCRAM over TLS, and may do only what they are
 * granted. They are made once and kept in a folder that only its owner reads, a file for each password.
 *
 * @param passwords by user
 */
public record KafkaSecurity(Path folder, Map<String, String> passwords) {

    /** User with all rights. */
    public static final String ADMIN = "admin";

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String PASSWORDS = "passwords";
    private static final String AUTHORITY = "authority";
    private static final String BROKER = "broker";
    private static final int PASSWORD_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    public KafkaSecurity {
        folder = folder.toAbsolutePath();
        passwords = Map.copyOf(passwords);
    }

    /**
     * Returns what an earlier {@link #create} has left in {@code folder}.
     *
     * @throws StartFailedException if it was an earlier version's
     */
    public static Optional<KafkaSecurity> find(Path folder) {
        var all = folder.resolve(PASSWORDS);
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.exists(all)) {
            throw new StartFailedException(
                    folder + " is of an earlier version: ./demo down --wipe deletes it with all data.");
        }
        try (var files = Files.list(all)) {
            var passwords = new TreeMap<String, String>();
            for (var file : (Iterable<Path>) files::iterator) {
                passwords.put(file.getFileName().toString(), Files.readString(file));
            }
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
            Files.createDirectory(unfinished.resolve(PASSWORDS));
            for (var user : Stream.concat(Stream.of(ADMIN), users.stream()).toList()) {
                OwnerFiles.write(unfinished.resolve(PASSWORDS).resolve(user), newPassword());
            }
            var issued = Authority.create(unfinished.resolve(AUTHORITY)).issue(BROKER);
            OwnerFiles.write(unfinished.resolve(BROKER + ".pem"), issued.key() + issued.chain());
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return find(folder).orElseThrow();
    }

    /** {@return a random password of letters, digits, hyphens and underscores} */
    public static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return the issuer of the broker's certificate} */
    public Authority authority() {
        return new Authority(folder.resolve(AUTHORITY));
    }

    /** {@return the file whose content is the password of {@code user}} */
    public Path passwordFile(String user) {
        return folder.resolve(PASSWORDS).resolve(user);
    }

    /** Replaces the password in the file of {@code user}; readers see the former or the new one. The broker is not told. */
    public void replacePassword(String user, String password) {
        try {
            var next = folder.resolve(user + ".next");
            OwnerFiles.write(next, password);
            Files.move(next, passwordFile(user), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Issues a new key and certificate of the broker, and returns their file, in PEM. The broker does not use them by itself. */
    public Path issueBrokerKey() {
        var issued = authority().issue(BROKER);
        try {
            var file = folder.resolve(BROKER + "-" + newPassword() + ".pem");
            OwnerFiles.write(file, issued.key() + issued.chain());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                login(user, "password=\"" + password(user) + "\""),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority().certificate().toString());
    }

    /** Returns the login of {@code user} by the file of its password, which {@code handler} reads at each authentication. */
    public Map<String, String> clientByFile(String user, String handler) {
        var settings = new TreeMap<>(client(user));
        settings.put("sasl.jaas.config", login(user, "passwordFile=\"" + passwordFile(user) + "\""));
        settings.put("sasl.client.callback.handler.class", handler);
        return settings;
    }

    /**
     * Returns the broker's settings. Its listeners are named BROKER and CONTROLLER. Clients authenticate again within half a
     * minute, so that a password that was changed ends soon.
     */
    String brokerProperties() {
        return String.format(
                Locale.ROOT,
                """
                listener.security.protocol.map=BROKER:SASL_SSL,CONTROLLER:SSL
                connections.max.reauth.ms=30000
                sasl.enabled.mechanisms=%1$s
                sasl.mechanism.inter.broker.protocol=%1$s
                listener.name.broker.scram-sha-512.sasl.jaas.config=%2$s
                listener.name.controller.ssl.client.auth=required
                ssl.keystore.type=PEM
                ssl.keystore.location=%3$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%4$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                allow.everyone.if.no.acl.found=false
                super.users=User:%5$s;User:CN=%6$s
                """,
                MECHANISM,
                login(ADMIN, "password=\"" + password(ADMIN) + "\""),
                folder.resolve(BROKER + ".pem"),
                authority().certificate(),
                ADMIN,
                BROKER);
    }

    /** Returns the users and passwords in the form of {@code kafka-storage format --add-scram}. */
    List<String> credentials() {
        return passwords.entrySet().stream()
                .map(user -> MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .sorted()
                .toList();
    }

    private static String login(String user, String secret) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" " + secret
                + ";";
    }

    private String password(String user) {
        return Optional.ofNullable(passwords.get(user))
                .orElseThrow(() -> new IllegalArgumentException("the broker has no user " + user));
    }
}
