package dev.orderflow.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Folder that looks like the repository with all its modules built. */
record FakeRepository(Path root) {

    void build() throws IOException {
        for (var part : Part.values()) {
            if (part.module().isPresent()) {
                build(part, FakeService.class);
            }
        }
    }

    /** Writes an executable jar in Spring Boot's layout. */
    void build(Part part, Class<?> mainClass) throws IOException {
        var folder = root.resolve(part.folder().orElseThrow());
        var jar = folder.resolve("target/" + part.module().orElseThrow() + "-0.1.0-SNAPSHOT.jar");
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Start-Class", mainClass.getName());
        try (var output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            var file = mainClass.getName().replace('.', '/') + ".class";
            output.putNextEntry(new JarEntry("BOOT-INF/classes/" + file));
            try (var content = mainClass.getClassLoader().getResourceAsStream(file)) {
                content.transferTo(output);
            }
            output.closeEntry();
        }
    }
}
