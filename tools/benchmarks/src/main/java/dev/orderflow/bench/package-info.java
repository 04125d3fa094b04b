/** The {@code ./bench} command: a class per benchmark, and what they share. */
@NullMarked
package dev.orderflow.bench;

import org.jspecify.annotations.NullMarked;
