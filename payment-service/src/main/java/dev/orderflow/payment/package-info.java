/** Payment-service: charges orders that are reserved, and gives back what was charged for orders that are cancelled. */
@NullMarked
package dev.orderflow.payment;

import org.jspecify.annotations.NullMarked;
