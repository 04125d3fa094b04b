package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Issuer of a PostgreSQL server's certificate, and the passwords of its users, in a folder that only its owner reads. Each
 * user has a password file in PostgreSQL's own form, which clients read at each connection ({@code PGPASSFILE}).
 */
public record PostgresSecurity(Path folder) {

    private static final String AUTHORITY = "authority";
    private static final String KEY = "server.key";
    private static final String CERTIFICATE = "server.crt";
    /** Any host, port, database and user: the file has one password only. */
    private static final String ANYTHING = "*:*:*:*:";

    public PostgresSecurity {
        folder = folder.toAbsolutePath();
    }

    /** Returns what an earlier {@link #create} has left in {@code folder}. */
    public static Optional<PostgresSecurity> find(Path folder) {
        return Files.exists(folder) ? Optional.of(new PostgresSecurity(folder)) : Optional.empty();
    }

    /** Makes an issuer, and passwords for {@code users}. Afterwards {@code folder} is complete or does not exist. */
    public static PostgresSecurity create(Path folder, Collection<String> users) {
        var unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        Folders.delete(unfinished);
        try {
            Files.createDirectories(unfinished.toAbsolutePath().getParent());
            Files.createDirectory(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var made = new PostgresSecurity(unfinished);
            users.forEach(user -> made.replacePassword(user, KafkaSecurity.newPassword()));
            Authority.create(unfinished.resolve(AUTHORITY));
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PostgresSecurity(folder);
    }

    /** {@return the issuer of the server's certificate} */
    public Authority authority() {
        return new Authority(folder.resolve(AUTHORITY));
    }

    /** {@return the parameters of a JDBC URL by which a client verifies the server} */
    public String urlParameters() {
        return "?sslmode=verify-full&sslrootcert="
                + URLEncoder.encode(authority().certificate().toString(), StandardCharsets.UTF_8);
    }

    /** {@return the password file of {@code user}} */
    public Path passwordFile(String user) {
        return folder.resolve(user + ".pgpass");
    }

    public String password(String user) {
        try {
            return Files.readString(passwordFile(user)).strip().substring(ANYTHING.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the password in the file of {@code user}; readers see the former or the new one. The server is not told. */
    public void replacePassword(String user, String password) {
        try {
            var next = folder.resolve(user + ".next");
            OwnerFiles.write(next, ANYTHING + password + "\n");
            Files.move(next, passwordFile(user), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Issues a new key and certificate into {@code server}, the server's folder. A running server needs a reload. */
    public void issueServerKey(Path server) {
        var issued = authority().issue("postgres");
        try {
            OwnerFiles.write(server.resolve(KEY), issued.key());
            OwnerFiles.write(server.resolve(CERTIFICATE), issued.chain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the parameters of a server with the key and certificate in its folder {@code server}; issues them if there are none. */
    public List<String> serverParameters(Path server) {
        if (!Files.exists(server.resolve(CERTIFICATE))) {
            Folders.createPassable(server);
            issueServerKey(server);
        }
        return List.of("ssl=on", "ssl_key_file=" + server.resolve(KEY), "ssl_cert_file=" + server.resolve(CERTIFICATE));
    }
}
