package dev.orderflow.demo.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Change of a customer's points.
 *
 * @param points  negative if they were reversed or spent
 * @param orderId null if they were spent
 */
record PointsEntry(long points, @Nullable UUID orderId) {}
