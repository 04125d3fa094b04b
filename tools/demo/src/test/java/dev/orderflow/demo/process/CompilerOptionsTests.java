package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompilerOptionsTests {

    @Test
    void imagesCompileAsTheDemoDoes() throws IOException {
        var options = Files.readAllLines(Topology.findRoot(Path.of("")).resolve("docker/compiler.options")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(options).containsExactlyElementsOf(ServiceLauncher.FEWER_THOROUGH_COMPILATIONS);
    }
}
