package dev.orderflow.eventing.test;

import org.junit.jupiter.api.BeforeAll;

class EmbeddedServersIT extends ServersContract {

    private static final EmbeddedServers SERVERS = new EmbeddedServers();

    @BeforeAll
    static void start() {
        SERVERS.start();
    }

    @Override
    Servers servers() {
        return SERVERS;
    }
}
