package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTests {

    /** Most requests are refused when there is least time. */
    @Test
    void aRefusalCostsNoStackTraceAndKeepsNothingAlive() {
        var refusal = Refusal.overloaded("No.");

        assertThat(refusal.getStackTrace()).isEmpty();
        refusal.addSuppressed(new IllegalStateException());
        assertThat(refusal.getSuppressed()).isEmpty();
        assertThat(refusal).hasNoCause().hasMessage("No.");
    }

    @Test
    void onlyWhoIsOverloadedSaysWhenToComeBack() {
        assertThat(Refusal.overloaded("No.").retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Refusal.overloaded("No.", Duration.ofSeconds(7)).retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Refusal.unavailable("away", "No.").retryAfter()).isNull();
        assertThat(Refusal.conflict("busy", "No.").retryAfter()).isNull();
    }

    @Test
    void theFieldsAtFaultDoNotChangeAfterwards() {
        var found = new ArrayList<>(List.of(new Violation("a", "is bad")));
        var refusal = Refusal.unacceptable("bad", "No.", found);
        found.clear();

        assertThat(refusal.violations()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> refusal.violations().clear());
    }
}
