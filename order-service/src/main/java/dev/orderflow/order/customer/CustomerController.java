package dev.orderflow.order.customer;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.order.ownership.OwnedRows;
import dev.orderflow.order.ownership.Ownership;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erasures, references and addresses of customers over REST. */
@RestController
@RequestMapping(path = "/api/customers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Customers", description = "Erase a customer's data, and export them.")
class CustomerController {

    private final Erasure erasure;
    private final Customers customers;
    private final CustomerAddresses addresses;
    private final OwnedRows rows;
    private final AccessControl access;

    CustomerController(
            Erasure erasure, Customers customers, CustomerAddresses addresses, OwnedRows rows, AccessControl access) {
        this.erasure = erasure;
        this.customers = customers;
        this.addresses = addresses;
        this.rows = rows;
        this.access = access;
    }

    /** The address to which e-mail for a customer goes. */
    @Schema(name = "CustomerAddress")
    record AddressView(@Schema(example = "jo@example.com") String address) {}

    /** The name of a customer in events. */
    @Schema(name = "CustomerReference")
    record ReferenceView(
            @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
            @Schema(example = "~0b0d3a52-3b9c-4c1e-9c0f-6a1d3b1f7f0e")
            String reference) {}

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Erase a customer", description = """
        Forgets whose the orders are, and announces it on `customer-events`. The orders remain; their `customerId` is a \
        reference that nobody can resolve. Repeat the request after a failure. `id` may also be the reference of the \
        customer's events.\
        """)
    @ApiResponse(responseCode = "204", description = "Erased")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`, also after the erasure")
    @ApiResponse(responseCode = "409", description = "`orders_in_progress`")
    void erase(
            @PathVariable
                    @CodePoints(max = Bounds.CUSTOMER_ID)
                    @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
                    String id) {
        erasure.erase(access.caller().tenant(), id);
    }

    @GetMapping("/{id}/reference")
    @Operation(
            summary = "Get a customer's reference",
            description =
                    "For services that know customers by the `customerId` of events. With the customer's own access"
                            + " token, or one that acts for any customer of the tenant.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`, also before the first order")
    ReferenceView reference(
            @PathVariable
                    @CodePoints(max = Bounds.CUSTOMER_ID)
                    @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
                    String id) {
        var owner = Ownership.of(access.caller());
        return rows.read(owner.tenant(), () -> customers.find(owner.tenant(), id))
                .filter(customer -> owner.includes(owner.tenant(), customer.id()))
                .map(Customer::reference)
                .map(ReferenceView::new)
                .orElseThrow(() -> Refusal.notFound("customer_not_found", "There is no such customer."));
    }

    @GetMapping("/{reference}/address")
    @Operation(
            summary = "Get a customer's e-mail address",
            description = "For the service that sends the mails: `reference` is the `customerId` of events.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`address_not_found`")
    AddressView address(@PathVariable String reference) {
        return new AddressView(addresses.get(reference));
    }
}
