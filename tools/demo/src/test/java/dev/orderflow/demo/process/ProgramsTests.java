package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTests {

    @TempDir
    Path folder;

    Topology topology;

    Programs programs;

    @BeforeEach
    void build() throws Exception {
        new FakeRepository(folder).build();
        topology = new Topology(folder, folder.resolve("home"), Ports.free());
        programs = new Programs(topology.programs());
    }

    @Test
    void classesAndTheFoldersThatSpringSearchesAreUnpacked() throws Exception {
        var program = programs.unpack(topology.jar(Part.ORDER));

        assertThat(program.mainClass()).isEqualTo(FakeService.class.getName());
        try (var loader = new URLClassLoader(
                new URL[] {Path.of(program.classPath()).toUri().toURL()}, null)) {
            assertThat(loader.getResource("dev/orderflow/demo/process/FakeService.class"))
                    .isNotNull();
            assertThat(loader.getResource("dev/orderflow/demo/")).isNotNull();
        }
    }

    @Test
    void aNewBuildIsUnpackedBesideTheOneThatMayStillRun() throws Exception {
        var before = programs.unpack(topology.jar(Part.ORDER));
        assertThat(programs.unpack(topology.jar(Part.ORDER))).isEqualTo(before);

        new FakeRepository(folder).build(Part.ORDER, BrokenService.class);

        assertThat(programs.unpack(topology.jar(Part.ORDER)).classPath()).isNotEqualTo(before.classPath());
        assertThat(Path.of(before.classPath())).exists();
    }

    @Test
    void whetherSpringDecidedBeansAtBuildTimeIsSeenInTheJar() throws Exception {
        assertThat(programs.unpack(topology.jar(Part.ORDER)).aotProcessed()).isFalse();

        try (var jar = FileSystems.newFileSystem(topology.jar(Part.ORDER))) {
            var initializer = FakeService.class.getName().replace('.', '/') + "__ApplicationContextInitializer.class";
            Files.createFile(jar.getPath("BOOT-INF/classes", initializer));
        }

        assertThat(programs.unpack(topology.jar(Part.ORDER)).aotProcessed()).isTrue();
    }

    @Test
    void aModuleThatWasNotBuiltIsNamed() {
        var missing = folder.resolve("x.jar");
        assertThatThrownBy(() -> programs.unpack(missing))
                .hasMessage(missing + " is missing: build it with mvn package.");
    }
}
