package dev.orderflow.payment.provider;

import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Client of the payment provider. Each call has an idempotency key that depends on the order alone. Any instance can
 * therefore repeat a call after a failure or crash, and the money moves once. Blocks; thread-safe.
 */
public class PaymentProvider {

    private final Function<Optional<Duration>, RestClient> clients;
    private final RestClient http;

    /** @param clients returns a client that waits for an answer no longer than a limit, or as long as usual without one */
    PaymentProvider(Function<Optional<Duration>, RestClient> clients) {
        this.clients = clients;
        this.http = clients.apply(Optional.empty());
    }

    /**
     * Charges {@code amount} for the order.
     *
     * @param limit longest time to wait for the answer, if it is shorter than usual
     * @throws ProviderUnavailableException when there is no answer, in time or at all
     * @throws ProviderRefusedException when the request or the answer is not understood
     */
    public ChargeAnswer charge(UUID orderId, Money amount, PaymentMethod method, Optional<Duration> limit) {
        var request = clients.apply(limit)
                .post()
                .uri("/provider/payments")
                .header("Idempotency-Key", orderId.toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ChargeRequest(orderId, amount, method));
        return outcomeOf(answerTo(request));
    }

    /**
     * Closes the order's charge, and returns the answer to it: that of a charge which was made before, or else a refusal,
     * which a charge that arrives later gets as well.
     *
     * @throws ProviderUnavailableException when there is no answer, in time or at all
     * @throws ProviderRefusedException when the request or the answer is not understood
     */
    public ChargeAnswer close(UUID orderId, Money amount, PaymentMethod method) {
        var request = http.post()
                .uri("/provider/payments/{key}/close", orderId)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ChargeRequest(orderId, amount, method));
        return outcomeOf(answerTo(request));
    }

    /**
     * Refunds the captured amount of the order, and returns the provider's reference of the refund.
     *
     * @throws ProviderUnavailableException when there is no answer, in time or at all
     * @throws ProviderRefusedException when the request or the answer is not understood, or nothing is captured
     */
    public String refund(UUID orderId) {
        var request = http.post()
                .uri("/provider/payments/{orderId}/refund", orderId)
                .header("Idempotency-Key", orderId + "-refund");
        var answer = answerTo(request);
        if (!"REFUNDED".equals(answer.outcome())) {
            throw unexpected(answer);
        }
        return referenceOf(answer);
    }

    private static ChargeAnswer outcomeOf(Answer answer) {
        var reference = referenceOf(answer);
        return switch (answer.outcome()) {
            case "CAPTURED" -> new ChargeAnswer.Captured(reference);
            case "DECLINED" -> new ChargeAnswer.Declined(reference, reasonOf(answer));
            case null, default -> throw unexpected(answer);
        };
    }

    private static Answer answerTo(RestClient.RequestHeadersSpec<?> request) {
        try {
            var answer = request.retrieve()
                    .onStatus(HttpStatusCode::is3xxRedirection, PaymentProvider::refuseRedirect)
                    .body(Answer.class);
            if (answer == null) {
                throw new ProviderRefusedException("the provider's answer is empty", null);
            }
            return answer;
        } catch (RestClientResponseException e) {
            throw isAway(e.getStatusCode())
                    ? new ProviderUnavailableException("the provider answered " + e.getStatusCode(), e)
                    : new ProviderRefusedException("the provider answered " + e.getStatusCode(), e);
        } catch (RestClientException e) {
            // Includes refused and broken connections, time-outs, and truncated answers.
            throw e.contains(IOException.class)
                    ? new ProviderUnavailableException("the provider does not answer: " + e.getMessage(), e)
                    : new ProviderRefusedException("the provider's answer cannot be read", e);
        }
    }

    /** Refuses an answer from elsewhere, whatever its body says. */
    private static void refuseRedirect(HttpRequest request, ClientHttpResponse response) throws IOException {
        throw new ProviderRefusedException("the provider answered " + response.getStatusCode(), null);
    }

    /**
     * Returns whether waiting helps: for too many requests (429), a time-out of the provider (408), a key that it does not accept
     * (401 and 403) until the key is replaced, and all 5xx.
     */
    private static boolean isAway(HttpStatusCode status) {
        return switch (status.value()) {
            case 401, 403, 408, 429 -> true;
            default -> status.is5xxServerError();
        };
    }

    private static String referenceOf(Answer answer) {
        var reference = answer.reference();
        if (reference == null || reference.isBlank() || reference.length() > Bounds.PROVIDER_REFERENCE) {
            throw new ProviderRefusedException("the provider's answer has no usable reference", null);
        }
        return reference;
    }

    /** Returns the reason, without what is too much for the event that reports it. */
    private static String reasonOf(Answer answer) {
        var reason = answer.reason();
        if (reason == null) {
            return "no reason given";
        }
        // Cutting by UTF-16 units could leave half a character, which has no JSON.
        return reason.codePointCount(0, reason.length()) <= Bounds.PROVIDER_REASON
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, Bounds.PROVIDER_REASON));
    }

    private static ProviderRefusedException unexpected(Answer answer) {
        return new ProviderRefusedException("the provider answered with outcome " + answer.outcome(), null);
    }

    private record ChargeRequest(UUID orderId, Money amount, PaymentMethod paymentMethod) {}

    private record Answer(
            @Nullable String reference,
            @Nullable String outcome,
            @Nullable String reason) {}
}
