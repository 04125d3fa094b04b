package dev.orderflow.demo.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list.
 *
 * @param nextCursor cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
