package dev.orderflow.eventing.outbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The streams of a list of rows, and the place of each row in its stream.
 *
 * @param topics      topics of the streams, ordered by topic and key. All transactions lock them in this order. It must not
 *                    change between versions
 * @param keys        keys of the streams
 * @param events      number of rows of each stream
 * @param streamOfRow number of each row's stream, beginning with 1, in the rows' order
 * @param laterOfRow  number of later rows in the stream of each row
 */
record Streams(String[] topics, String[] keys, Long[] events, Integer[] streamOfRow, Long[] laterOfRow) {

    private static final Comparator<Name> ORDER =
            Comparator.comparing(Name::topic).thenComparing(Name::key);

    static Streams of(List<NewOutboxRow> rows) {
        var byName = new HashMap<Name, Stream>();
        rows.forEach(row -> byName.computeIfAbsent(Name.of(row), Stream::new).rows++);
        var streams = byName.values().stream()
                .sorted(Comparator.comparing(Stream::name, ORDER))
                .toList();
        for (var i = 0; i < streams.size(); i++) {
            streams.get(i).number = i + 1;
        }
        var streamOfRow = new Integer[rows.size()];
        var laterOfRow = new Long[rows.size()];
        for (var i = 0; i < rows.size(); i++) {
            var stream = byName.get(Name.of(rows.get(i)));
            streamOfRow[i] = stream.number;
            laterOfRow[i] = stream.rows - ++stream.passed;
        }
        return new Streams(
                streams.stream().map(stream -> stream.name.topic).toArray(String[]::new),
                streams.stream().map(stream -> stream.name.key).toArray(String[]::new),
                streams.stream().map(stream -> stream.rows).toArray(Long[]::new),
                streamOfRow,
                laterOfRow);
    }

    private record Name(String topic, String key) {

        private static Name of(NewOutboxRow row) {
            return new Name(row.topic(), row.key());
        }
    }

    private static final class Stream {

        private final Name name;
        private int number;
        private long rows;
        private long passed;

        private Stream(Name name) {
            this.name = name;
        }

        private Name name() {
            return name;
        }
    }
}
