/** Suite as processes of this machine: lists them, and starts, finds, kills and stops each. */
@NullMarked
package dev.orderflow.demo.process;

import org.jspecify.annotations.NullMarked;
