package dev.orderflow.bench;

/** Marker of the commands that {@code ./bench list} lists. */
public interface Benchmark extends Runnable {}
