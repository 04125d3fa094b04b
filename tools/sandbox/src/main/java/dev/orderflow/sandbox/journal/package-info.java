/** Durable memory of the sandbox: append-only files of JSON lines. */
@NullMarked
package dev.orderflow.sandbox.journal;

import org.jspecify.annotations.NullMarked;
