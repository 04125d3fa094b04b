/** The {@code ./demo} command. */
@NullMarked
package dev.orderflow.demo;

import org.jspecify.annotations.NullMarked;
