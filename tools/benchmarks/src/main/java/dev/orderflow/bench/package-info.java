/** The {@code ./bench} command: a class per benchmark, and their common parts. */
@NullMarked
package dev.orderflow.bench;

import org.jspecify.annotations.NullMarked;
