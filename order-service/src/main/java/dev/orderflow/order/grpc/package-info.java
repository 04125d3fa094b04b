/**
 * The gRPC server: its start and stop, its bounds, the context of calls, and errors as {@code google.rpc.Status}. Of orders,
 * it knows the name of their service, whose streams have bounds of their own, and codes of their failures; {@code
 * OrderGrpcController} knows the rest.
 */
@NullMarked
package dev.orderflow.order.grpc;

import org.jspecify.annotations.NullMarked;
