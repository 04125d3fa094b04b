package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orderflow.eventing.loop.Loop;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;

/** Loops that are ended while the database executes a statement of theirs. */
class InterruptedStatementIT {

    private static final String THREAD = "interrupted-" + UUID.randomUUID();
    private static final String LONG = "SELECT pg_sleep(60)";

    private final TestDatabase tables = new TestDatabase(config -> config.setMaximumPoolSize(2));
    private final EventingDatabase database = new EventingDatabase(
            tables.dataSource, new JdbcTransactionManager(tables.dataSource), EventingSchema.UNSET);
    private final CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        tables.close();
    }

    @Test
    void anInterruptedStatementIsNoError() {
        var loop = Loop.onVirtualThread(THREAD);
        loop.start(work());
        await().until(() -> isRunning(LONG));

        loop.end(Duration.ZERO, Duration.ofSeconds(10));

        assertThat(failures).as("what ended the statement").singleElement().isInstanceOf(DataAccessException.class);
        assertThat(errorsOf(THREAD)).isEmpty();
        assertThat(database.template().queryForObject("SELECT 1", Integer.class))
                .as("on another connection")
                .isEqualTo(1);
    }

    @Test
    void aRollbackThatFailsOtherwiseIsAnError() {
        assertThatThrownBy(() -> database.transaction().execute(status -> {
                    database.template().execute("SELECT pg_terminate_backend(pg_backend_pid())");
                    return 0;
                }))
                .isInstanceOf(TransactionException.class);
        assertThat(errorsOf(Thread.currentThread().getName()))
                .singleElement()
                .asString()
                .contains("overridden by rollback");
    }

    /** Returns what was logged as an error by that thread: other tests may run at the same time. */
    private List<String> errorsOf(String thread) {
        return log.list.stream()
                .filter(event -> event.getThreadName().equals(thread) && event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(EventingDatabase.class.getPackageName());
    }

    private Loop.Work work() {
        return new Loop.Work() {

            @Override
            public Duration round() {
                try {
                    database.transaction()
                            .executeWithoutResult(status -> database.template().execute(LONG));
                } catch (RuntimeException e) {
                    failures.add(e);
                    throw e;
                }
                return Duration.ZERO;
            }

            @Override
            public Duration failed(Throwable cause) {
                return Duration.ofSeconds(1);
            }
        };
    }

    private boolean isRunning(String statement) {
        return tables.template.queryForObject(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE query = ? AND state = 'active'",
                Boolean.class,
                statement);
    }
}
