package dev.orderflow.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Unpacks the services' executable jars.
 * <p>
 * A JVM starts faster from plain jars than from nested ones, and a rebuild of the module does not change the files of a
 * running service. The services share most libraries, which are unpacked once; a checksum in their names distinguishes
 * two builds of one library.
 */
final class Programs {

    /**
     * Unpacked program.
     *
     * @param mainClass the class to run
     * @param aotProcessed whether Spring determined the beans at build time
     */
    record Program(String classPath, String mainClass, boolean aotProcessed) {}

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private final Path folder;

    Programs(Path folder) {
        this.folder = folder;
    }

    /** Unpacks the parts of {@code executable} that are not unpacked yet. */
    Program unpack(Path executable) {
        if (!Files.exists(executable)) {
            throw new DemoException(executable + " is missing: build it with mvn package.");
        }
        try (var jar = new JarFile(executable.toFile())) {
            var classPath = new ArrayList<Path>();
            classPath.add(application(jar, executable.getFileName().toString()));
            for (var entry : entriesUnder(jar, LIBRARIES)) {
                classPath.add(library(jar, entry));
            }
            var mainClass = jar.getManifest().getMainAttributes().getValue("Start-Class");
            var initializer = CLASSES + mainClass.replace('.', '/') + "__ApplicationContextInitializer.class";
            return new Program(
                    String.join(":", classPath.stream().map(Path::toString).toList()),
                    mainClass,
                    jar.getEntry(initializer) != null);
        } catch (IOException e) {
            throw new UncheckedIOException(executable + " cannot be unpacked to " + folder, e);
        }
    }

    private Path application(JarFile jar, String name) throws IOException {
        var target = target(name, checksumOf(entriesUnder(jar, CLASSES)));
        if (!Files.exists(target)) {
            var unfinished = Files.createTempFile(target.getParent(), name, ".new");
            try (var output = new JarOutputStream(Files.newOutputStream(unfinished))) {
                copy(jar, output);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    /** Copies all entries, including folders: without entries for them, component scanning finds nothing. */
    private static void copy(JarFile jar, JarOutputStream output) throws IOException {
        var folders = new HashSet<String>();
        for (var entry : entriesUnder(jar, CLASSES)) {
            var name = entry.getName().substring(CLASSES.length());
            for (var end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
                if (folders.add(name.substring(0, end + 1))) {
                    output.putNextEntry(new JarEntry(name.substring(0, end + 1)));
                }
            }
            output.putNextEntry(new JarEntry(name));
            jar.getInputStream(entry).transferTo(output);
            output.closeEntry();
        }
    }

    private Path library(JarFile jar, JarEntry entry) throws IOException {
        var name = entry.getName().substring(LIBRARIES.length());
        var target = target(name, entry.getCrc());
        if (!Files.exists(target)) {
            var unfinished = Files.createTempFile(target.getParent(), name, ".new");
            try (var content = jar.getInputStream(entry)) {
                Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private Path target(String name, long checksum) throws IOException {
        Files.createDirectories(folder);
        var stem = name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
        return folder.resolve(String.format(Locale.ROOT, "%s-%08x.jar", stem, checksum));
    }

    private static long checksumOf(List<JarEntry> entries) {
        var sum = 0L;
        for (var entry : entries) {
            sum = 31 * sum + entry.getCrc() + entry.getName().hashCode();
        }
        return sum & 0xffffffffL;
    }

    /** Returns the entries in the jar's order, which is that of the class path. */
    private static List<JarEntry> entriesUnder(JarFile jar, String prefix) {
        return jar.stream()
                .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
                .toList();
    }
}
