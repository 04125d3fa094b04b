/** Tests that use the whole suite as customers do, break it, and check after each class that its promise is kept. */
@NullMarked
package dev.orderflow.system;

import org.jspecify.annotations.NullMarked;
