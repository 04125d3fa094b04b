package dev.orderflow.demo.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorTests {

    @Test
    void aNameThatNoHeaderCanCarryIsMadeToFit() {
        assertThat(Operator.header("alex")).containsOnly(Map.entry("X-Operator", "alex"));
        assertThat(Operator.header("žofie\nx")).containsEntry("X-Operator", "?ofie?x");
        assertThat(Operator.header("x".repeat(101))).containsEntry("X-Operator", "x".repeat(100));
        assertThat(Operator.header(" ")).isEmpty();
    }
}
