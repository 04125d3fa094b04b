/** Terminal output without control characters from foreign text. */
@NullMarked
package dev.orderflow.demo.terminal;

import org.jspecify.annotations.NullMarked;
