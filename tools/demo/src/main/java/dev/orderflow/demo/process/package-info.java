/** The suite as processes of this machine: which there are, how each is started, found again, killed and stopped. */
@NullMarked
package dev.orderflow.demo.process;

import org.jspecify.annotations.NullMarked;
