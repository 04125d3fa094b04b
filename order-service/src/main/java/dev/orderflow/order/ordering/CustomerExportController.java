package dev.orderflow.order.ordering;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.events.Bounds;
import dev.orderflow.order.customer.Customer;
import dev.orderflow.order.customer.Customers;
import dev.orderflow.order.ownership.OwnedRows;
import dev.orderflow.order.web.OrderAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Exports of customers' data over REST, in pages: neither side holds more than one, and a slow client holds nothing while
 * it reads.
 */
@RestController
@RequestMapping(path = "/api/customers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Customers")
class CustomerExportController {

    private final Customers customers;
    private final OrderReader reader;
    private final OwnedRows rows;
    private final AccessControl access;

    CustomerExportController(Customers customers, OrderReader reader, OwnedRows rows, AccessControl access) {
        this.customers = customers;
        this.reader = reader;
        this.rows = rows;
        this.access = access;
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Export a customer's data",
            description = "With the customer's own access token, or one with `customers:erase`, which may name the"
                    + " customer's reference as `id`, too.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`")
    CustomerExport export(
            @PathVariable
                    @CodePoints(max = Bounds.CUSTOMER_ID)
                    @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
                    String id,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? OrderCursor.NEWEST : OrderCursor.decode(cursor);
        var tenant = access.caller().tenant();
        var customer = find(tenant, id)
                .orElseThrow(() -> Refusal.notFound("customer_not_found", "There is no such customer."));
        var orders = reader.list(new OrderFilter(tenant, customer.id(), null), after, limit);
        return CustomerExport.of(tenant, customer, orders);
    }

    private Optional<Customer> find(String tenant, String id) {
        return mayExport(access.caller(), id) ? rows.read(tenant, () -> customers.find(tenant, id)) : Optional.empty();
    }

    /** A customer exports its own data. A caller that acts for any customer needs the right to erase them. */
    private boolean mayExport(Caller caller, String id) {
        return !access.isOn()
                || caller.scopes().contains(OrderAccess.ERASE)
                || (!caller.actsForAnyCustomer() && caller.subject().equals(id));
    }
}
