package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EventValidationTests {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

    private final List<DomainEvent> handled = new ArrayList<>();
    private final HandlerChain chain = new HandlerChain(List.of(new EventValidation(VALIDATORS.getValidator())));

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @Test
    void aValidEventAndOneWithoutConstraintsAreHandled() {
        var valid = new Noted("a", "note");
        var unconstrained = new Deposited("", -1);

        handle(valid);
        handle(unconstrained);

        assertThat(handled).containsExactly(valid, unconstrained);
    }

    @Test
    void anEventThatViolatesAConstraintIsNotHandledAndNotRetried() {
        assertThatExceptionOfType(ConstraintViolationException.class)
                .isThrownBy(() -> handle(new Noted("a", " ")))
                .withMessageContaining("note")
                .matches(Failure::isAlwaysPermanent);

        assertThat(handled).isEmpty();
    }

    private void handle(DomainEvent event) {
        chain.run(SampleCall.of(event, EventContext.none()), call -> handled.add(call.event()));
    }
}
