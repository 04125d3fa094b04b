package dev.orderflow.demo.client.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Parses the text of a single record, so that an error in one record cannot affect the following ones. */
final class CsvLine {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    private CsvLine() {}

    /** Returns the record; empty when the text isn't a complete one, such as when a quote is not closed. */
    static Optional<CSVRecord> parse(String text) {
        try (var parser = CSVParser.parse(text, FORMAT)) {
            return parser.stream().findFirst();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
