package dev.orderflow.eventing.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The effects of listeners in the database. Fails as it is asked to, after it has written. */
@Component
public class Shelf {

    private final JdbcClient jdbc;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

    Shelf(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void put(String parcel) {
        jdbc.sql("INSERT INTO effect (event_id, account, what) VALUES (gen_random_uuid(), 'shelf', ?)")
                .param(parcel)
                .update();
        if (isLeft(failures, parcel)) {
            throw new IllegalStateException(parcel + " fell off the shelf");
        }
    }

    /** Lets the parcel fall the next {@code times} times. */
    void fail(String parcel, int times) {
        failures.put(parcel, new AtomicInteger(times));
    }

    /** Has listeners refuse the parcel the next {@code times} times. */
    void refuse(String parcel, int times) {
        refusals.put(parcel, new AtomicInteger(times));
    }

    boolean isRefused(String parcel) {
        return isLeft(refusals, parcel);
    }

    /** All parcels whose names begin with {@code prefix}, sorted; those that were put there twice are twice in it. */
    List<String> parcels(String prefix) {
        return jdbc.sql("SELECT what FROM effect WHERE starts_with(what, ?) ORDER BY what, id")
                .param(prefix)
                .query(String.class)
                .list();
    }

    private static boolean isLeft(Map<String, AtomicInteger> times, String parcel) {
        var left = times.get(parcel);
        return left != null && left.getAndDecrement() > 0;
    }
}
