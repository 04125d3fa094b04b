/** The configuration under {@code eventing.*} that several packages read, and the clock. */
@NullMarked
package dev.orderflow.eventing.settings;

import org.jspecify.annotations.NullMarked;
