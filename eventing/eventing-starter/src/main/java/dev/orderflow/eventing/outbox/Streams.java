package dev.orderflow.eventing.outbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The streams that some rows belong to, and where in them each row is.
 *
 * @param topics  of the streams, which are ordered by topic and key: the same in all transactions
 * @param keys    of the streams
 * @param events  how many rows each stream gets
 * @param streams of each row, in the rows' order, the number of its stream, beginning with 1
 * @param later   of each row, how many rows of its stream come after it
 */
record Streams(String[] topics, String[] keys, Long[] events, Integer[] streams, Long[] later) {

    private static final Comparator<Name> ORDER =
            Comparator.comparing(Name::topic).thenComparing(Name::key);

    static Streams of(List<NewOutboxRow> rows) {
        var byName = new HashMap<Name, Stream>();
        var ofRows = rows.stream()
                .map(row ->
                        byName.computeIfAbsent(Name.of(row), _ -> new Stream()).counting())
                .toList();
        var names = byName.keySet().stream().sorted(ORDER).toList();
        for (var i = 0; i < names.size(); i++) {
            byName.get(names.get(i)).number = i + 1;
        }
        return new Streams(
                names.stream().map(Name::topic).toArray(String[]::new),
                names.stream().map(Name::key).toArray(String[]::new),
                names.stream().map(name -> byName.get(name).rows).toArray(Long[]::new),
                ofRows.stream().map(stream -> stream.number).toArray(Integer[]::new),
                ofRows.stream().map(stream -> --stream.rows).toArray(Long[]::new));
    }

    private record Name(String topic, String key) {

        private static Name of(NewOutboxRow row) {
            return new Name(row.topic(), row.key());
        }
    }

    private static final class Stream {

        private int number;
        /** At first all, at last those that come after the row at hand. */
        private long rows;

        private Stream counting() {
            rows++;
            return this;
        }
    }
}
