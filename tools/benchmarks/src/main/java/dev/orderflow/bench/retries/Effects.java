package dev.orderflow.bench.retries;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows that handlers write. */
@Component
class Effects {

    /**
     * Row of a handler.
     *
     * @param at when the row was written, by the database's clock
     */
    record Effect(Advanced event, Instant at) {}

    private final JdbcClient jdbc;

    Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Advanced event) {
        jdbc.sql("INSERT INTO effect (counter, value) VALUES (?, ?)")
                .params(event.counter(), event.value())
                .update();
    }

    /** Returns the time by the database's clock, like the rows' times. */
    Instant now() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    int count() {
        return jdbc.sql("SELECT count(*) FROM effect").query(Integer.class).single();
    }

    /** {@return the rows in the order of their writing} */
    List<Effect> all() {
        return jdbc.sql("SELECT counter, value, at FROM effect ORDER BY id")
                .query((row, number) -> new Effect(
                        new Advanced(row.getString("counter"), row.getInt("value")),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void clear() {
        jdbc.sql("TRUNCATE effect").update();
    }
}
