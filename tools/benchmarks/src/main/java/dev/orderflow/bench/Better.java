package dev.orderflow.bench;

/** Direction in which a measured value improves. */
public enum Better {
    /** Higher is better, as for a speed. */
    MORE,
    /** Lower is better, as for a time or a share that is lost. */
    LESS
}
