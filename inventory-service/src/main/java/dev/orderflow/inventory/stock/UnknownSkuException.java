package dev.orderflow.inventory.stock;

import dev.orderflow.inventory.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** Nothing is known of a product. */
class UnknownSkuException extends ProblemException {

    UnknownSkuException(String sku) {
        super(HttpStatus.NOT_FOUND, "unknown_sku", "no stock of sku " + sku + " is known");
    }
}
