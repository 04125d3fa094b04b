package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.events.Bounds;
import dev.orderflow.order.api.v1.CancelRequest;
import dev.orderflow.order.api.v1.GetRequest;
import dev.orderflow.order.api.v1.Order;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceImplBase;
import dev.orderflow.order.api.v1.PlaceRequest;
import dev.orderflow.order.api.v1.StatusChange;
import dev.orderflow.order.api.v1.WatchRequest;
import dev.orderflow.order.grpc.CallContext;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.promotion.Coupons;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;

/** Orders over gRPC: the use cases of {@link OrderController}, with the same constraints. */
@Component
@ConditionalOnProperty(name = "orders.grpc.enabled", matchIfMissing = true)
class OrderGrpcController extends OrderServiceImplBase {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final OrdersInTurn orders;
    private final OrderWatches watches;
    private final SmartValidator validator;
    private final AccessControl access;

    OrderGrpcController(OrdersInTurn orders, OrderWatches watches, SmartValidator validator, AccessControl access) {
        this.orders = orders;
        this.watches = watches;
        this.validator = validator;
        this.access = access;
    }

    /** The metadata of a call that places an order. */
    private record PlaceMetadata(
            @Size(min = 1, max = IdempotencyKeys.LONGEST)
            @Pattern(regexp = IdempotencyKeys.CHARACTERS, message = IdempotencyKeys.CHARACTERS_MESSAGE)
            @Nullable
            String idempotencyKey) {}

    @Override
    public void place(PlaceRequest message, StreamObserver<Order> answer) {
        orders.requireAdmission();
        var key = idempotencyKey(CallContext.current().idempotencyKeys());
        var request = read(message);
        validate(request);
        answer(answer, orders.place(owner(), request.toCommand(owner()), key));
    }

    @Override
    public void get(GetRequest message, StreamObserver<Order> answer) {
        answer(answer, orders.get(OrderMessages.orderId(message.getOrderId()), owner()));
    }

    @Override
    public void cancel(CancelRequest message, StreamObserver<Order> answer) {
        answer(answer, orders.cancel(OrderMessages.orderId(message.getOrderId()), owner()));
    }

    @Override
    public void watch(WatchRequest message, StreamObserver<StatusChange> changes) {
        watches.begin(
                OrderMessages.orderId(message.getOrderId()), owner(), (ServerCallStreamObserver<StatusChange>) changes);
    }

    private Ownership owner() {
        return Ownership.of(access.caller());
    }

    private static void answer(StreamObserver<Order> answer, OrderView order) {
        answer.onNext(OrderMessages.order(order));
        answer.onCompleted();
    }

    private static PlaceOrderRequest read(PlaceRequest message) {
        return new PlaceOrderRequest(
                message.getCustomerId(),
                message.getLinesList().stream()
                        .limit(Bounds.LINES + 1)
                        .map(line -> new PlaceOrderRequest.Line(line.getSku(), line.getQuantity()))
                        .toList(),
                message.getCouponsList().stream().limit(Coupons.MOST + 1).toList(),
                OrderMessages.paymentMethod(message));
    }

    private @Nullable String idempotencyKey(List<String> given) {
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            throw invalid(List.of(new Violation(IDEMPOTENCY_KEY, "must be given once")));
        }
        var metadata = new PlaceMetadata(given.getFirst());
        var violations = violations(metadata).stream()
                .map(violation -> new Violation(IDEMPOTENCY_KEY, violation.message()))
                .toList();
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return metadata.idempotencyKey();
    }

    private void validate(PlaceOrderRequest request) {
        var violations = violations(request);
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
    }

    /** Returns the invalid fields by the names and in the words of the REST API. */
    private List<Violation> violations(Object request) {
        var result = new BeanPropertyBindingResult(request, "request");
        validator.validate(request, result);
        return result.getFieldErrors().stream()
                .map(error -> new Violation(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    private static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("validation_failed", "The request is not valid.", violations);
    }
}
