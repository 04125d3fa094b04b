package dev.orderflow.eventing.test;

import dev.orderflow.local.PostgresAdmin;

/** PostgreSQL and Kafka, whichever way they run. Started once; stopping and starting again keeps ports and data. */
sealed interface Servers permits ContainerServers, EmbeddedServers {

    void start();

    /** Returns an administrator with the superuser's rights. */
    PostgresAdmin postgresAdmin();

    /** Returns the URL of a database; stays valid after a restart. */
    String jdbcUrl(String database);

    String bootstrapServers();

    /** Stops PostgreSQL in an orderly way. */
    void stopPostgres();

    /** Ends PostgreSQL with SIGKILL. */
    void killPostgres();

    /** Starts PostgreSQL again, on the same port and data. */
    void startPostgres();

    void stopKafka();

    void killKafka();

    void startKafka();

    /** Suspends the broker; its connections stay open. */
    void freezeKafka();

    /** Resumes the suspended broker. */
    void thawKafka();
}
