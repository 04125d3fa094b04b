package dev.orderflow.order.grpc;

import static dev.orderflow.order.OrderCalls.cancel;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.watch;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Calls with altered messages and metadata, reproducible by seed. {@code -Dfuzz.cases=N} sets the number per method. Each call is
 * answered with a documented status, and one that is refused changes nothing.
 */
@OrderServiceTest
@Timeout(600)
class CallFuzzIT {

    private static final int CASES = Integer.getInteger("fuzz.cases", 30);
    private static final int ANSWER_SECONDS = 30;

    /** Answers that a client can cause. The others would be the service's fault. */
    private static final Set<Code> REFUSALS = EnumSet.of(
            Code.INVALID_ARGUMENT,
            Code.NOT_FOUND,
            Code.ALREADY_EXISTS,
            Code.FAILED_PRECONDITION,
            Code.ABORTED,
            Code.RESOURCE_EXHAUSTED,
            // The time-out in the metadata can be the least.
            Code.DEADLINE_EXCEEDED);

    private static final String STATE =
            "SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM order_status_change)";

    private static final List<String> METADATA = List.of(
            "idempotency-key",
            "x-request-id",
            "x-eo-event-id",
            "x-eo-causation-id",
            "x-eo-business-intent",
            "x-request-timeout-ms",
            "traceparent",
            "tracestate");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e999999999",
            "99999999999999999999",
            "x".repeat(300),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
            "%00%0a",
            "' OR 1=1 --",
            "${jndi:ldap://localhost}");

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyCallIsAnsweredWhateverItSends(long seed) {
        var random = new Random(seed);
        var id = calls.stub(Map.of()).place(order("fuzz", line("LAMP", 1))).getOrderId();
        var other = UUID.randomUUID().toString();
        for (var number = 0; number < CASES; number++) {
            call(random, OrderServiceGrpc.getPlaceMethod(), order("fuzz", line("LAMP", 1), line("LAMP", 2)));
            call(random, OrderServiceGrpc.getGetMethod(), get(id));
            call(random, OrderServiceGrpc.getCancelMethod(), cancel(other));
            call(random, OrderServiceGrpc.getWatchMethod(), watch(other));
        }

        assertThat(calls.stub(Map.of()).get(get(id)).getOrderId()).isEqualTo(id);
    }

    private void call(Random random, MethodDescriptor<?, ?> method, Message valid) {
        var message = altered(valid.toByteArray(), random);
        var metadata = metadata(random);
        var before = state();
        try {
            var channel = ClientInterceptors.intercept(
                    calls.channel(), MetadataUtils.newAttachHeadersInterceptor(OrderCalls.metadata(metadata)));
            var answers = ClientCalls.blockingServerStreamingCall(
                    channel,
                    RawMessages.of(method),
                    CallOptions.DEFAULT.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS),
                    message);
            answers.next();
        } catch (StatusRuntimeException e) {
            var described = method.getBareMethodName() + " " + Arrays.toString(message) + " " + metadata;
            assertThat(e.getStatus().getCode()).as(described).isIn(REFUSALS);
            assertThat(String.valueOf(e.getStatus().getDescription()))
                    .as(described)
                    .doesNotContain("Exception", "com.google", "org.postgresql");
            if (e.getStatus().getCode() != Code.DEADLINE_EXCEEDED) {
                assertThat(state()).as(described).isEqualTo(before);
            }
        }
    }

    private String state() {
        return jdbc.sql(STATE).query(String.class).single();
    }

    private static Map<String, String> metadata(Random random) {
        var metadata = new HashMap<String, String>();
        if (random.nextInt(3) == 0) {
            metadata.put(METADATA.get(random.nextInt(METADATA.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
        return metadata;
    }

    /** Returns the message with up to three alterations. */
    private static byte[] altered(byte[] message, Random random) {
        var altered = message;
        for (var alterations = random.nextInt(4); alterations > 0; alterations--) {
            altered = alteredOnce(altered, random);
        }
        return altered;
    }

    private static byte[] alteredOnce(byte[] message, Random random) {
        var place = message.length == 0 ? 0 : random.nextInt(message.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                var flipped = message.clone();
                if (flipped.length > 0) {
                    flipped[place] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
            case 1 -> Arrays.copyOf(message, place);
            case 2 -> joined(message, place, Arrays.copyOfRange(message, place, message.length));
            default -> {
                var inserted = new byte[1 + random.nextInt(12)];
                random.nextBytes(inserted);
                yield joined(message, place, inserted);
            }
        };
    }

    private static byte[] joined(byte[] message, int place, byte[] inserted) {
        var joined = Arrays.copyOf(message, message.length + inserted.length);
        System.arraycopy(inserted, 0, joined, place, inserted.length);
        System.arraycopy(message, place, joined, place + inserted.length, message.length - place);
        return joined;
    }
}
