package dev.orderflow.eventing.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestInfrastructureTests {

    @Test
    void anUnknownKindOfInfrastructureIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> TestInfrastructure.choose(Optional.of("cloud")))
                .hasMessage("-Dinfra=cloud is neither \"containers\" nor \"embedded\"");
    }
}
