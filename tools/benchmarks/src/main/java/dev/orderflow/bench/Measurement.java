package dev.orderflow.bench;

/** Single measurement of a speed. */
@FunctionalInterface
public interface Measurement {

    double measure();
}
