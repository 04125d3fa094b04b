package dev.orderflow.bench.place;

import java.util.Locale;

/** Database that pgbench connects to. */
record PgTarget(String host, int port, String database, String user, String password) {

    String jdbcUrl() {
        return String.format(Locale.ROOT, "jdbc:postgresql://%s:%d/%s", host, port, database);
    }
}
