/** Uses the whole suite as its customers do, breaks it, and checks after each test that its promise is kept. */
@NullMarked
package dev.orderflow.system;

import org.jspecify.annotations.NullMarked;
