package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.problem.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Provider's API for a shop. Calls may be delayed or hang on purpose, so any number may be in progress. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class ProviderController {

    private final Ledger ledger;
    private final Faults faults;

    ProviderController(Ledger ledger, Faults faults) {
        this.ledger = ledger;
        this.faults = faults;
    }

    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping(path = "/provider/payments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer charge(
            @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 200) String key,
            @RequestBody @Valid PaymentRequest request) {
        var call = ProviderCall.charge(request, ledger.knows(key));
        return await(faults.around(call, () -> ledger.charge(key, request), () -> ledger.decline(key, request)));
    }

    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping(path = "/provider/payments/{key}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer close(@PathVariable @Size(max = 200) String key, @RequestBody @Valid PaymentRequest request) {
        var call = ProviderCall.charge(request, true);
        return await(faults.around(call, () -> ledger.close(key, request)));
    }

    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping("/provider/payments/{orderId}/refund")
    Answer refund(
            @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 200) String key, @PathVariable String orderId) {
        return await(faults.around(ProviderCall.refund(orderId), () -> ledger.refund(key, orderId)));
    }

    /**
     * Blocks the virtual thread until the response is due. Asynchronous dispatch by the server would cost as much as
     * serving the request.
     */
    private static Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }
}
