package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.demo.process.Part;
import dev.orderflow.verify.evidence.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Searches all that a suite stores for values: each row of each table, each record of each topic, each file of logs. Bytes
 * are searched as such, and unpacked if they are a gzip stream; the values are also looked for in Base64 and as
 * hexadecimal digits.
 */
final class TracesOf {

    private static final int GZIP = 0x1f8b;
    private static final int ROWS_AT_ONCE = 1_000;

    private static final String TABLES = """
            SELECT c.oid::regclass::text
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND has_table_privilege(c.oid, 'SELECT')
            """;

    /** All tables of the suite must be readable, except those that say nothing of rows. */
    private static final String UNREADABLE = """
            SELECT count(*)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND NOT has_table_privilege(c.oid, 'SELECT')
            """;

    private final RunningSuite suite;
    private final List<String> needles;

    TracesOf(RunningSuite suite, String... values) {
        this.suite = suite;
        this.needles = Stream.of(values)
                .flatMap(TracesOf::forms)
                .map(form -> form.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** Returns whether a text shows one of the values. */
    boolean isIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return needles.stream().anyMatch(lower::contains);
    }

    /** Returns the tables with the values, such as {@code ORDER orders}. */
    Set<String> inDatabases() {
        var found = new TreeSet<String>();
        for (var service : Service.values()) {
            search(service, found);
        }
        return found;
    }

    /** Returns the topics with the values. */
    Set<String> inTopics() {
        var servers = suite.topology().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers));
                var consumer = EventTopics.consumer(servers)) {
            var partitions = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            return search(consumer, consumer.endOffsets(partitions));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the lines of logs with the values. */
    List<String> inLogs() {
        var folder = suite.topology().log(Part.ORDER).getParent();
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).flatMap(this::linesOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> linesOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8)
                    .lines().filter(this::isIn).map(line -> file.getFileName() + ": " + line).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void search(Service service, Set<String> found) {
        var database = Objects.requireNonNull(suite.sources().databases().get(service));
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            execute(connection, "SELECT set_config('role', session_user || '_system', false)");
            connection.setAutoCommit(false);
            if (!texts(connection, UNREADABLE).equals(List.of("0"))) {
                throw new IllegalStateException("tables of " + service + " cannot be read");
            }
            for (var table : texts(connection, TABLES)) {
                if (isInTable(connection, table)) {
                    found.add(service + " " + table);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isInTable(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
                while (rows.next()) {
                    if (isInRow(rows)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }

    private boolean isInRow(ResultSet row) throws SQLException {
        var columns = row.getMetaData();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            var isBytes = columns.getColumnTypeName(column).equals("bytea");
            var found = isBytes ? isIn(row.getBytes(column)) : isIn(Objects.toString(row.getString(column), ""));
            if (found) {
                return true;
            }
        }
        return false;
    }

    private Set<String> search(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        var found = new TreeSet<String>();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        while (ends.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                if (isIn(record)) {
                    found.add(record.topic());
                }
            }
        }
        return found;
    }

    private boolean isIn(ConsumerRecord<byte[], byte[]> record) {
        if (isIn(record.key()) || isIn(record.value())) {
            return true;
        }
        for (var header : record.headers()) {
            if (isIn(header.key()) || isIn(header.value())) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(byte @Nullable [] bytes) {
        if (bytes == null) {
            return false;
        }
        return isIn(new String(bytes, ISO_8859_1)) || isIn(new String(unpacked(bytes), ISO_8859_1));
    }

    private static byte[] unpacked(byte[] bytes) {
        if (bytes.length < 2 || ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) != GZIP) {
            return new byte[0];
        }
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // Begins like a gzip stream by chance.
        }
    }

    /** Returns the value as it is, in hexadecimal digits, and in Base64 at each of its three offsets. */
    private static Stream<String> forms(String value) {
        var bytes = value.getBytes(UTF_8);
        var forms = new ArrayList<String>(List.of(value, HexFormat.of().formatHex(bytes)));
        for (var offset = 0; offset < 3; offset++) {
            var shifted = new byte[bytes.length + offset];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // Without the characters that depend on the neighbours.
            forms.add(encoded.substring(offset == 0 ? 0 : offset + 1, encoded.length() - 1));
        }
        return forms.stream();
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
