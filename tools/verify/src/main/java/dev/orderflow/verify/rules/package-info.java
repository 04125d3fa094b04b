/** Rules over the evidence, one class per rule. */
@NullMarked
package dev.orderflow.verify.rules;

import org.jspecify.annotations.NullMarked;
