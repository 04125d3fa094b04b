package dev.orderflow.eventing.test;

import dev.orderflow.local.PostgresAdmin;

/** PostgreSQL and Kafka, whichever way they run. Started once; stopping and starting again keeps ports and data. */
sealed interface Servers permits ContainerServers, EmbeddedServers {

    void start();

    PostgresAdmin postgresAdmin();

    String jdbcUrl(String database);

    String bootstrapServers();

    void stopPostgres();

    void killPostgres();

    void startPostgres();

    void stopKafka();

    void killKafka();

    void startKafka();

    void freezeKafka();

    void thawKafka();
}
