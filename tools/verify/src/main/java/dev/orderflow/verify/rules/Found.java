package dev.orderflow.verify.rules;

/**
 * Finding at one look.
 *
 * @param since the first look of the uninterrupted series; {@link FindingHistory#UNKNOWN} if not remembered
 */
public record Found(Finding finding, int since) {}
