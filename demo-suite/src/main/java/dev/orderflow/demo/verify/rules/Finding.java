package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.Service;
import org.jspecify.annotations.Nullable;

/**
 * Something that isn't as it should be. Two findings that are equal are the same, found at different times.
 *
 * @param subject  the order, or the product
 * @param message  what is wrong with it
 * @param waitsFor the service that may still set it right; null when nobody is about to
 */
public record Finding(
        String subject, String message, @Nullable Service waitsFor) {}
