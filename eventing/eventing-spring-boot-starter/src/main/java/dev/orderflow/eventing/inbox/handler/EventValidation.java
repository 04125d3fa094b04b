package dev.orderflow.eventing.inbox.handler;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;

/** Rejects events that violate the Jakarta Validation constraints of their record: no retry would make them valid. */
class EventValidation implements HandlerCalls.Step {

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
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.CONSTRAINTS;
    }

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
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
