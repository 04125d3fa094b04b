package dev.orderflow.demo.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor where the next page begins; null on the last one */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
