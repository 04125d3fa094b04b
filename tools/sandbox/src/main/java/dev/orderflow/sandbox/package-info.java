/** The outside world for demos and tests: a payment provider and a mail sink that forget nothing when killed. */
@NullMarked
package dev.orderflow.sandbox;

import org.jspecify.annotations.NullMarked;
