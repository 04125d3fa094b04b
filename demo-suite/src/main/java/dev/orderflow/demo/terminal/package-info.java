/** What reaches the operator's terminal. */
@NullMarked
package dev.orderflow.demo.terminal;

import org.jspecify.annotations.NullMarked;
