package dev.orderflow.eventing.test;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "engineAnswers", disabledReason = "no Docker engine with the images answers")
class ContainerServersIT extends ServersContract {

    /** Created lazily: this class is initialised to find out whether containers can run. */
    private static @Nullable ContainerServers servers;

    @BeforeAll
    static void start() {
        servers = new ContainerServers();
        servers.start();
    }

    @Override
    Servers servers() {
        return Objects.requireNonNull(servers);
    }

    static boolean engineAnswers() {
        return DockerEngine.obstacle().isEmpty();
    }
}
