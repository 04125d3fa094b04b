package dev.orderflow.shipping.carrier;

import dev.orderflow.events.Bounds;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Client of the carrier. The order identifies a shipment, so any instance can repeat a call after a failure or crash, and
 * one parcel is shipped. Blocks; thread-safe.
 */
public class Carrier {

    /** The most orders of one call of {@link #track}. */
    public static final int MOST_TRACKED = 500;

    private static final Logger log = LoggerFactory.getLogger(Carrier.class);

    private final RestClient http;

    Carrier(RestClient http) {
        this.http = http;
    }

    /**
     * Hands the order's parcel over, or returns the shipment that was created before. The parcel waits to be released.
     *
     * @throws CarrierUnavailableException when there is no answer, in time or at all
     * @throws CarrierRefusedException when the request or the answer is not understood
     */
    public Parcel ship(UUID orderId) {
        return checked(answerTo(post("/carrier/shipments").body(new ShipmentRequest(orderId)), Answer.class), orderId);
    }

    /**
     * Lets the order's parcel leave. The state in the answer is {@link ParcelState#STOPPED} if it was stopped before.
     *
     * @throws CarrierUnavailableException when there is no answer, in time or at all
     * @throws CarrierRefusedException when the request or the answer is not understood, or there is no shipment
     */
    public Parcel release(UUID orderId) {
        return checked(answerTo(post("/carrier/shipments/{orderId}/release", orderId), Answer.class), orderId);
    }

    /**
     * Stops the order's shipment if it has not left. Otherwise its state in the answer is another than
     * {@link ParcelState#STOPPED}.
     *
     * @throws CarrierUnavailableException when there is no answer, in time or at all
     * @throws CarrierRefusedException when the request or the answer is not understood, or there is no shipment
     */
    public Parcel stop(UUID orderId) {
        return checked(answerTo(post("/carrier/shipments/{orderId}/stop", orderId), Answer.class), orderId);
    }

    /**
     * Returns the states of those orders' shipments that the carrier knows. Answers that make no sense are logged and left
     * out, so that they do not keep others from being tracked.
     *
     * @param orderIds at most {@value #MOST_TRACKED}
     * @throws CarrierUnavailableException when there is no answer, in time or at all
     * @throws CarrierRefusedException when the request or the whole answer is not understood
     */
    public List<Parcel> track(Collection<UUID> orderIds) {
        var answer = answerTo(post("/carrier/tracking").body(new TrackingRequest(orderIds)), Answers.class);
        if (answer.shipments() == null) {
            throw new CarrierRefusedException("the carrier's answer has no shipments", null);
        }
        var asked = new HashSet<>(orderIds);
        return answer.shipments().stream()
                .flatMap(each -> understood(each).stream())
                .filter(parcel -> asked.remove(parcel.orderId()))
                .toList();
    }

    private RestClient.RequestBodySpec post(String path, Object... variables) {
        return http.post().uri(path, variables).contentType(MediaType.APPLICATION_JSON);
    }

    private static Parcel checked(Answer answer, UUID orderId) {
        return understood(answer)
                .filter(parcel -> parcel.orderId().equals(orderId))
                .orElseThrow(() -> new CarrierRefusedException(
                        "the carrier's answer is about another order, or has no usable state or tracking id", null));
    }

    private static Optional<Parcel> understood(@Nullable Answer answer) {
        if (answer != null && answer.orderId() != null && isUsable(answer.trackingId())) {
            var state = Arrays.stream(ParcelState.values())
                    .filter(each -> each.name().equals(answer.state()))
                    .findFirst();
            if (state.isPresent()) {
                return Optional.of(new Parcel(answer.orderId(), answer.trackingId(), state.get()));
            }
        }
        log.warn("carrier=misunderstood orderId={}", answer == null ? null : answer.orderId());
        return Optional.empty();
    }

    private static boolean isUsable(@Nullable String trackingId) {
        return trackingId != null && !trackingId.isBlank() && trackingId.length() <= Bounds.TRACKING_ID;
    }

    private static <T> T answerTo(RestClient.RequestHeadersSpec<?> request, Class<T> type) {
        try {
            var answer = request.retrieve()
                    .onStatus(HttpStatusCode::is3xxRedirection, Carrier::refuseRedirect)
                    .body(type);
            if (answer == null) {
                throw new CarrierRefusedException("the carrier's answer is empty", null);
            }
            return answer;
        } catch (RestClientResponseException e) {
            throw isAway(e.getStatusCode())
                    ? new CarrierUnavailableException("the carrier answered " + e.getStatusCode(), e)
                    : new CarrierRefusedException("the carrier answered " + e.getStatusCode(), e);
        } catch (RestClientException e) {
            // Includes refused and broken connections, time-outs, and truncated answers.
            throw e.contains(IOException.class)
                    ? new CarrierUnavailableException("the carrier does not answer: " + e.getMessage(), e)
                    : new CarrierRefusedException("the carrier's answer cannot be read", e);
        }
    }

    /** Refuses an answer from elsewhere, whatever its body says. */
    private static void refuseRedirect(HttpRequest request, ClientHttpResponse response) throws IOException {
        throw new CarrierRefusedException("the carrier answered " + response.getStatusCode(), null);
    }

    /**
     * Returns whether waiting helps: for too many requests (429), a time-out of the carrier (408), a key that it does not accept
     * (401 and 403) until the key is replaced, and all 5xx.
     */
    private static boolean isAway(HttpStatusCode status) {
        return switch (status.value()) {
            case 401, 403, 408, 429 -> true;
            default -> status.is5xxServerError();
        };
    }

    private record ShipmentRequest(UUID orderId) {}

    private record TrackingRequest(Collection<UUID> orderIds) {}

    private record Answer(
            @Nullable UUID orderId,
            @Nullable String trackingId,
            @Nullable String state) {}

    private record Answers(@Nullable List<@Nullable Answer> shipments) {}
}
