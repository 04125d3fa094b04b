package dev.orderflow.eventing.fault;

/** An injected failure that is retried. */
class InjectedTransientFault extends RuntimeException {

    InjectedTransientFault(String message) {
        super(message);
    }
}
