package dev.orderflow.eventing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** The classes are run in every build, but by their names only with {@code -Pthorough}. */
class ContractClassesTests {

    @Test
    void eachNameIsThatOfAClass() {
        assertThat(ContractClasses.NAMES)
                .isNotEmpty()
                .allSatisfy(name -> assertThatCode(
                                () -> Class.forName(name, false, getClass().getClassLoader()))
                        .doesNotThrowAnyException());
    }
}
