package dev.orderflow.hub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.hub.SeparateDatabase;
import dev.orderflow.hub.sequence.Sequences;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The store in a database of a test, without a consumer. All its statements are of the role that sees the rows of all tenants. */
final class StoreDatabase implements AutoCloseable {

    final RetentionProperties retention =
            new RetentionProperties(Duration.ofDays(30), Map.of("short.v1", Duration.ofDays(2)));
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final JdbcClient owner;
    final HikariDataSource pool;
    final JdbcClient jdbc;
    final TransactionTemplate transactions;
    final EventDays days;
    final EventStore store;
    private final PeriodicTask gaps;

    StoreDatabase() {
        var database = SeparateDatabase.create().migrate();
        owner = database.asOwner();
        var config = new HikariConfig();
        config.setJdbcUrl(database.service().jdbcUrl());
        config.setUsername(database.service().username());
        config.setPassword(database.service().password());
        config.setMaximumPoolSize(4);
        config.setConnectionInitSql("SET ROLE " + database.service().username() + "_system");
        pool = new HikariDataSource(config);
        jdbc = JdbcClient.create(pool);
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        gaps = Sequences.gaps(jdbc, transactions, meters);
        days = new EventDays(jdbc, transactions, retention);
        store = new EventStore(
                jdbc, transactions, new Staging(pool), days, new TopicPositions(jdbc), Sequences.check(jdbc));
    }

    /** Returns a listener that stores what it gets. */
    TopicListener listener() {
        var reader = new RecordReader(new StoreProperties(
                "hub", Pattern.compile(".*"), 10, DataSize.ofKilobytes(100), Duration.ofSeconds(1)));
        return new TopicListener(reader, store, new TopicPositions(jdbc), new StoreMetrics(meters), new StoredSignal());
    }

    EventRetention retention(Instant now) {
        return new EventRetention(jdbc, transactions, days, past -> Optional.of(now.minus(past)), retention, meters);
    }

    /** Confirms what is older than the delay. */
    void confirmGaps() {
        gaps.run();
    }

    void consume(List<ConsumerRecord<String, byte[]>> batch) {
        listener().onMessage(batch, null, null);
    }

    /** Notes that records before {@code offset} have expired unread. */
    void expire(String topic, int partition, long offset) {
        var reached = new TopicPositions.Reached(new TopicPartition(topic, partition), offset, offset);
        transactions.executeWithoutResult(status -> new TopicPositions(jdbc).reach(List.of(reached)));
    }

    long count(String sql) {
        return owner.sql("SELECT count(*) FROM " + sql).query(Long.class).single();
    }

    @Override
    public void close() {
        pool.close();
    }
}
