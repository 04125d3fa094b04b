package dev.orderflow.eventing.test;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "engineAnswers", disabledReason = "no Docker engine with the images answers")
class ContainerServersIT extends ServersContract {

    private static final ContainerServers SERVERS = new ContainerServers();

    @BeforeAll
    static void start() {
        SERVERS.start();
    }

    @Override
    Servers servers() {
        return SERVERS;
    }

    static boolean engineAnswers() {
        return DockerEngine.obstacle().isEmpty();
    }
}
