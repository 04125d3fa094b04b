package dev.orderflow.eventing.fault;

/** A handler was told to fail in a way that passes. */
class InjectedTransientFault extends RuntimeException {

    InjectedTransientFault(String message) {
        super(message);
    }
}
