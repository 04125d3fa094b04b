package dev.orderflow.bench.place;

/** The database that pgbench connects to. */
record PgTarget(String host, int port, String database, String user, String password) {

    String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }
}
