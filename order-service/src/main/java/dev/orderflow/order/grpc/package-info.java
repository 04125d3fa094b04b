/**
 * The gRPC server: its start and stop, its bounds, the context of calls, and errors as {@code google.rpc.Status}. Knows
 * nothing of orders; {@code OrderGrpcController} does.
 */
@NullMarked
package dev.orderflow.order.grpc;

import org.jspecify.annotations.NullMarked;
