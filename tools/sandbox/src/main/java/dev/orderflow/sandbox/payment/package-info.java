/** Payment provider: charges and refunds over HTTP, keeps idempotency keys, and fails on demand. */
@NullMarked
package dev.orderflow.sandbox.payment;

import org.jspecify.annotations.NullMarked;
