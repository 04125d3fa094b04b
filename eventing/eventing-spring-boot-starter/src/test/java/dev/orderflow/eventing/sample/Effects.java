package dev.orderflow.eventing.sample;

import dev.orderflow.eventing.EventMetadata;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Recorded effects of the events. */
@Component
public class Effects {

    private final JdbcClient jdbc;

    Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(EventMetadata metadata, String account, String what) {
        jdbc.sql("INSERT INTO effect (event_id, account, what) VALUES (?, ?, ?)")
                .params(metadata.id(), account, what)
                .update();
    }

    /** Returns the account's effects in the order in which they happened. */
    public List<String> of(String account) {
        return jdbc.sql("SELECT what FROM effect WHERE account = ? ORDER BY id")
                .param(account)
                .query(String.class)
                .list();
    }

    public int count() {
        return jdbc.sql("SELECT count(*) FROM effect").query(Integer.class).single();
    }
}
