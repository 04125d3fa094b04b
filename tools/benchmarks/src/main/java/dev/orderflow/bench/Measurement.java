package dev.orderflow.bench;

/** Does something once and says how fast it was. */
@FunctionalInterface
public interface Measurement {

    double measure();
}
