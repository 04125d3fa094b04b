package dev.orderflow.eventing.platform;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes are loaded only by {@code -Pthorough}, so every build checks that they exist. */
class ContractClassesTests {

    @ParameterizedTest
    @MethodSource("dev.orderflow.eventing.platform.ContractClasses#names")
    void everyContractExists(String name) {
        assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }
}
