package dev.orderflow.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks PostgreSQL's programs, a compressed archive on the class path, into a cache folder.
 * <p>
 * Safe with any number of concurrent processes: each unpacks into a folder of its own and renames it; a later process
 * uses the folder of the first. A folder with the final name is therefore always complete.
 */
final class PostgresBinaries {

    private static final String ARCHIVES = "https://central.sonatype.com/artifact/io.zonky.test.postgres";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private PostgresBinaries() {}

    /** Returns the folder that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpack(Path cache) {
        var archive = archive();
        try {
            var target = cache.resolve("postgres-" + digest(archive)).toAbsolutePath();
            if (!Files.exists(target)) {
                createOpen(cache);
                var unpacking = Files.createTempDirectory(cache, "unpacking-");
                extract(archive, unpacking);
                Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
                publish(unpacking, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be unpacked to " + cache, e);
        }
    }

    /** Returns the major version of the programs that {@link #unpack} returned. */
    static int version(Path binaries) {
        var answer = Command.run(binaries.resolve("bin/initdb").toString(), "--version")
                .output();
        var version = VERSION.matcher(answer);
        if (!version.find()) {
            throw new StartFailedException("initdb does not print its version: " + answer);
        }
        return Integer.parseInt(version.group(1));
    }

    private static String archive() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = "/postgres-" + os + "-" + arch + ".txz";
        if (PostgresBinaries.class.getResource(name) == null) {
            throw new StartFailedException("No PostgreSQL for this machine: " + name
                    + " is not on the class path (one of the archives at " + ARCHIVES + ")");
        }
        return name;
    }

    private static void createOpen(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void publish(Path unpacked, Path target) throws IOException {
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Folders.delete(unpacked);
            if (!Files.exists(target)) {
                throw e;
            }
        }
    }

    private static void extract(String archive, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(open(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(entry, tar, folder);
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var executable = (mode & 0100) != 0;
        return EnumSet.copyOf(PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String digest(String archive) throws IOException {
        try (var content = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static InputStream open(String archive) throws IOException {
        var content = PostgresBinaries.class.getResourceAsStream(archive);
        if (content == null) {
            throw new IOException(archive + " is not on the class path");
        }
        return new BufferedInputStream(content, 1 << 16);
    }
}
