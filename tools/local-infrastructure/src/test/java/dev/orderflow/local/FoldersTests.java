package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTests {

    @TempDir
    Path parent;

    /** Two test runs clean up after a third that was killed. */
    @RepeatedTest(20)
    void severalMayDeleteTheSameFolderAtTheSameTime() throws Exception {
        var folder = parent.resolve("leftover");
        fill(folder, 20, 20);

        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Void> deletion = () -> {
                Folders.delete(folder);
                return null;
            };
            for (var deleted : threads.invokeAll(Collections.nCopies(4, deletion))) {
                deleted.get();
            }
        }

        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderThatDoesNotExistIsDeletedAlready() {
        Folders.delete(parent.resolve("never-made"));

        assertThat(parent).isEmptyDirectory();
    }

    private static void fill(Path folder, int folders, int files) throws IOException {
        for (var each : IntStream.range(0, folders).toArray()) {
            var child = Files.createDirectories(folder.resolve("child-" + each));
            for (var file : IntStream.range(0, files).toArray()) {
                Files.createFile(child.resolve("file-" + file));
            }
        }
    }
}
