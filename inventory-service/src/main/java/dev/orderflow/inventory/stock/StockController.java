package dev.orderflow.inventory.stock;

import static java.util.Objects.requireNonNull;

import dev.orderflow.edge.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST API of the stock. */
@RestController
@RequestMapping(path = "/api/inventory", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Stock")
class StockController {

    private final StockRepository stocks;
    private final Stocktaking stocktaking;

    StockController(StockRepository stocks, Stocktaking stocktaking) {
        this.stocks = stocks;
        this.stocktaking = stocktaking;
    }

    @GetMapping
    @Operation(summary = "List products in sku order", description = "Pass nextCursor as cursor to get the next page")
    StockPage list(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? "" : StockCursor.skuBefore(cursor);
        return StockPage.of(stocks.findBySkuGreaterThanOrderBySku(after, Limit.of(limit + 1)), limit);
    }

    @GetMapping("/{sku}")
    @Operation(summary = "Get the available, reserved and sold units of a product")
    StockLevel get(@PathVariable @Sku String sku) {
        return stocks.findBySku(sku).map(StockLevel::of).orElseThrow(() -> unknown(sku));
    }

    @PutMapping(path = "/{sku}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Set the available units of a product", description = "Adds the product if it is unknown")
    @ApiResponse(responseCode = "200", description = "Set")
    @ApiResponse(responseCode = "201", description = "Added")
    ResponseEntity<StockLevel> setAvailable(@PathVariable @Sku String sku, @RequestBody @Valid AvailableStock stock) {
        var counted = stocktaking.setAvailable(sku, requireNonNull(stock.available()));
        return ResponseEntity.status(counted.added() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(StockLevel.of(counted.item()));
    }

    private static Refusal unknown(String sku) {
        return Refusal.notFound("unknown_sku", "no stock of sku " + sku + " is known");
    }
}
