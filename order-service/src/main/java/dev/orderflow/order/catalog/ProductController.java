package dev.orderflow.order.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
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

/** The catalog over REST. */
@RestController
@RequestMapping(path = "/api/products", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Products", description = "The catalog: products that can be ordered, and their prices.")
class ProductController {

    private final Catalog catalog;

    ProductController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping
    @Operation(summary = "List products, ordered by sku")
    Page<Product> list(
            @RequestParam(defaultValue = "20") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? null : decode(cursor);
        return Page.of(
                catalog.list(after, limit + 1),
                limit,
                product -> CursorToken.encode(product.sku().getBytes(UTF_8)));
    }

    @GetMapping("/{sku}")
    @Operation(summary = "Get a product")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`product_not_found`")
    Product get(@PathVariable @Sku String sku) {
        return catalog.find(sku)
                .orElseThrow(() -> Refusal.notFound("product_not_found", "There is no product " + sku + "."));
    }

    @PutMapping(path = "/{sku}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Add or replace a product",
            description = "Existing orders keep the price at which they were placed.")
    @ApiResponse(responseCode = "200", description = "Replaced")
    @ApiResponse(responseCode = "201", description = "Added")
    @ApiResponse(responseCode = "422", description = "`invalid_price`, `sku_mismatch`")
    ResponseEntity<Product> put(@PathVariable @Sku String sku, @RequestBody @Valid PutProductRequest request) {
        var product = request.toProduct(sku);
        var added = catalog.put(product);
        return ResponseEntity.status(added ? HttpStatus.CREATED : HttpStatus.OK).body(product);
    }

    private static String decode(String cursor) {
        var sku = new String(CursorToken.decode(cursor), UTF_8);
        if (!sku.matches(Sku.PATTERN)) {
            throw CursorToken.invalid();
        }
        return sku;
    }
}
