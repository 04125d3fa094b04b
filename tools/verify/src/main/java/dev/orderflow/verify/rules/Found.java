package dev.orderflow.verify.rules;

/**
 * A finding of one look.
 *
 * @param since the number of the look since which it was found at each; {@link FindingHistory#UNKNOWN} if nobody remembers
 */
public record Found(Finding finding, int since) {}
