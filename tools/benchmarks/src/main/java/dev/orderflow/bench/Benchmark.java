package dev.orderflow.bench;

/** Marks the commands that {@code ./bench list} lists. */
public interface Benchmark extends Runnable {}
