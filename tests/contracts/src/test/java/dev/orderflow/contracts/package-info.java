/** Compatibility of the HTTP APIs with their last released versions. */
@NullMarked
package dev.orderflow.contracts;

import org.jspecify.annotations.NullMarked;
