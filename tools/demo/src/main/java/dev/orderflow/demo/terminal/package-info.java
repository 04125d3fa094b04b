/** Output to the operator's terminal, free of what others wrote to control it. */
@NullMarked
package dev.orderflow.demo.terminal;

import org.jspecify.annotations.NullMarked;
