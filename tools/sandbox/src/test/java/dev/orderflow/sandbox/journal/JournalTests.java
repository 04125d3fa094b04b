package dev.orderflow.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {

    @TempDir
    Path folder;

    @Test
    void entriesAreReadInTheirOrderAfterReopening() throws IOException {
        try (var journal = open()) {
            journal.append(new Entry("first", 1));
            journal.append(new Entry("zwölf €", 12));
        }
        try (var journal = open()) {
            journal.append(new Entry("third", 3));
            assertThat(all(journal))
                    .containsExactly(new Entry("first", 1), new Entry("zwölf €", 12), new Entry("third", 3));
        }
    }

    @Test
    void aTornLastLineIsCutOffAndTheNextEntryFollowsTheLastWholeOne() throws IOException {
        try (var journal = open()) {
            journal.append(new Entry("whole", 1));
        }
        Files.writeString(file(), "{\"name\":\"to", StandardOpenOption.APPEND);

        try (var journal = open()) {
            assertThat(all(journal)).containsExactly(new Entry("whole", 1));
            journal.append(new Entry("next", 2));
        }
        try (var journal = open()) {
            assertThat(all(journal)).containsExactly(new Entry("whole", 1), new Entry("next", 2));
        }
    }

    @Test
    void aPageIsReadFromAnywhereAndEndsWithTheList() throws IOException {
        try (var journal = open()) {
            IntStream.range(0, 5_000).forEach(n -> journal.append(new Entry("e", n)));

            assertThat(journal.size()).isEqualTo(5_000);
            assertThat(journal.read(4_000, 3)).extracting(Entry::number).containsExactly(4_000, 4_001, 4_002);
            assertThat(journal.read(4_999, Integer.MAX_VALUE))
                    .extracting(Entry::number)
                    .containsExactly(4_999);
            assertThat(journal.read(5_000, 10)).isEmpty();
            assertThat(journal.read(Integer.MAX_VALUE, 10)).isEmpty();
            assertThat(all(journal)).hasSize(5_000);
        }
    }

    @Test
    void entriesOfManyThreadsAreAllThereAndWhole() throws IOException {
        try (var journal = open()) {
            IntStream.range(0, 2_000).parallel().forEach(n -> journal.append(new Entry("x".repeat(n % 50), n)));

            assertThat(all(journal)).extracting(Entry::number).hasSize(2_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void anEntryIsReadByTheNumberThatItsAppendingGave() throws IOException {
        try (var journal = open()) {
            journal.append(new Entry("first", 1));
            var second = journal.append(new Entry("second", 2));
            journal.append(new Entry("third", 3));

            assertThat(journal.read(second)).isEqualTo(new Entry("second", 2));
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() throws IOException {
        Files.writeString(file(), "{\"name\":\"a\",\"number\":1}\nrubbish\n{\"name\":\"b\",\"number\":2}\n");

        try (var journal = open()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> all(journal))
                    .withMessageContaining("line 2 of ")
                    .withMessageContaining("is damaged");
        }
    }

    @Test
    void aSecondUserOfTheFileIsRefused() throws IOException {
        try (var journal = open()) {
            assertThat(journal.size()).isZero();
            assertThatIllegalStateException().isThrownBy(this::open).withMessageContaining("in use by another sandbox");
        }
    }

    private Journal<Entry> open() {
        return Journal.open(file(), Entry.class);
    }

    private Path file() {
        return folder.resolve("entries.jsonl");
    }

    private static List<Entry> all(Journal<Entry> journal) {
        var entries = new ArrayList<Entry>();
        journal.forEach((entry, number) -> {
            assertThat(number).isEqualTo(entries.size());
            assertThat(journal.read(number)).isEqualTo(entry);
            entries.add(entry);
        });
        return entries;
    }

    record Entry(String name, int number) {}
}
