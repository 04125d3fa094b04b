package dev.orderflow.verify.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Failed events and those that wait behind them. */
public final class Diversions {

    /**
     * Reads the table once; key_hold_stream serves the search for the preceding event. Overdue by the database's clock,
     * which the service uses.
     */
    private static final String HOLDS = """
            SELECT h.event_id, h.type, h.topic, h.key, h.state, h.hop,
                   h.due < now() AND NOT EXISTS (
                       SELECT 1 FROM key_hold e
                       WHERE e.consumer = h.consumer AND e.topic = h.topic AND e.key = h.key
                             AND e.position < h.position)
            FROM key_hold h WHERE h.consumer = '%s' AND %s ORDER BY h.position
            """;

    /** Reads the table once. */
    private static final String LETTERS = """
            SELECT id, event_id, type, topic, source_partition, source_offset, key,
                   coalesce(root_cause, exception || coalesce(': ' || message, '')), state
            FROM dead_letter WHERE consumer = '%s' ORDER BY first_died_at, id
            """;

    /** Estimate of a dead letter's size: its cause has up to a thousand characters, as much memory as four events. */
    private static final String SIZE =
            "SELECT (SELECT count(*) FROM key_hold) + 4 * (SELECT count(*) FROM dead_letter)";

    private final List<Hold> holds = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final Map<Place, Set<Service>> keepers = new HashMap<>();
    private final Map<Stream, List<Letter>> open = new HashMap<>();

    /** Events of a key at one service. */
    private record Stream(Service service, String topic, String key) {}

    /** Returns the number of events that take the same amount of memory. */
    static long size(DatabaseSnapshot database) {
        return database.number(SIZE);
    }

    void read(Service service, DatabaseSnapshot database, Share share) {
        database.query(
                String.format(Locale.ROOT, HOLDS, service.group(), share.has("h.key", String.class)),
                row -> holds.add(new Hold(
                        service,
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        HoldState.valueOf(row.getString(5)),
                        row.getInt(6),
                        row.getBoolean(7))));
        database.query(
                String.format(Locale.ROOT, LETTERS, service.group()),
                row -> add(
                        share,
                        new Letter(
                                service,
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                new Place(row.getString(4), row.getInt(5), row.getLong(6)),
                                row.getString(7),
                                row.getString(8),
                                Letter.State.valueOf(row.getString(9)))));
    }

    /** {@return the holds, those of each service in order of their beginning} */
    public List<Hold> holds() {
        return holds;
    }

    /** {@return the dead letters, including closed ones, those of each service in order of their creation} */
    public List<Letter> letters() {
        return letters;
    }

    /** Returns the open dead letter of the event that {@code hold} is about. */
    public Optional<Letter> letterOf(Hold hold) {
        return openLettersBeside(hold).stream()
                .filter(letter -> hold.eventId().equals(letter.eventId()))
                .findFirst();
    }

    /** Returns the open dead letter that {@code hold} waits for; prefers one without a replay to one being replayed. */
    public Optional<Letter> letterBefore(Hold hold) {
        return openLettersBeside(hold).stream().min(Comparator.comparing(Letter::state));
    }

    /** Returns the services that have a dead letter, open or closed, of the record. */
    public Set<Service> keepersOf(Place place) {
        return keepers.getOrDefault(place, Set.of());
    }

    /** Adds a letter to its key and to its record's place, which may be in different shares. */
    private void add(Share share, Letter letter) {
        if (share.has(letter.place().toString())) {
            keep(letter);
        }
        if (share.has(letter.subject())) {
            add(letter);
        }
    }

    private void keep(Letter letter) {
        keepers.computeIfAbsent(letter.place(), first -> EnumSet.noneOf(Service.class))
                .add(letter.service());
    }

    private void add(Letter letter) {
        letters.add(letter);
        if (letter.isOpen() && letter.key() != null) {
            var stream = new Stream(letter.service(), letter.place().topic(), letter.key());
            open.computeIfAbsent(stream, first -> new ArrayList<>(2)).add(letter);
        }
    }

    private List<Letter> openLettersBeside(Hold hold) {
        return open.getOrDefault(new Stream(hold.service(), hold.topic(), hold.key()), List.of());
    }
}
