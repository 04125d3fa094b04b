/** What must hold of the evidence: one class per promise. */
@NullMarked
package dev.orderflow.verify.rules;

import org.jspecify.annotations.NullMarked;
