package dev.orderflow.order.ordering;

import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.order.customer.Customer;
import dev.orderflow.order.customer.Customers;
import dev.orderflow.order.ownership.OwnedRows;
import dev.orderflow.order.ownership.Ownership;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Prices of carts over REST. */
@RestController
@RequestMapping(path = "/api/quotes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
class QuoteController {

    private final OrderPricing pricing;
    private final Customers customers;
    private final OwnedRows rows;
    private final AccessControl access;

    QuoteController(OrderPricing pricing, Customers customers, OwnedRows rows, AccessControl access) {
        this.pricing = pricing;
        this.customers = customers;
        this.rows = rows;
        this.access = access;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Price a cart", description = """
        Names each promotion that applies or does not, and why. Promotions whose coupon is not given are not named. \
        Nothing is reserved: when the order is placed, the price may be another one.\
        """)
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "`unknown_sku`, `mixed_currencies`, `total_too_large`")
    QuoteView quote(@RequestBody @Valid QuoteRequest request) {
        var owner = Ownership.of(access.caller());
        var order = request.toOrder(owner);
        return rows.read(owner.tenant(), () -> quote(owner.tenant(), order));
    }

    private QuoteView quote(String tenant, NewOrder order) {
        var quote = Quote.of(order.lines(), pricing.products(List.of(order)));
        var reference = order.customerId().isEmpty()
                ? null
                : customers
                        .find(tenant, order.customerId())
                        .map(Customer::reference)
                        .orElse(null);
        return QuoteView.of(quote, pricing.price(tenant, order, quote, reference));
    }
}
