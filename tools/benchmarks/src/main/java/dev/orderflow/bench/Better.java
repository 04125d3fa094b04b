package dev.orderflow.bench;

/** Which way a measured value should go. */
public enum Better {
    /** A speed. */
    MORE,
    /** A time, or a share that is lost. */
    LESS
}
