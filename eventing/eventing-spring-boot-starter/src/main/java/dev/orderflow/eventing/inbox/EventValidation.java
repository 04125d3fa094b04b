package dev.orderflow.eventing.inbox;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;

/** Lets no event through that breaks the Jakarta Validation constraints of its record: it would never be right. */
class EventValidation implements HandlerChain.Step {

    private final Validator validator;
    private final ClassValue<Boolean> constrained = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return validator.getConstraintsForClass(type).isBeanConstrained();
        }
    };

    EventValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void around(HandlerChain.Call delivery, Runnable next) {
        var event = delivery.event();
        if (constrained.get(event.getClass())) {
            var violations = validator.validate(event);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
        }
        next.run();
    }
}
