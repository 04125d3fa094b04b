/** {@code ./demo dead-letters}: what failed for good, why, and what to do about it. */
@NullMarked
package dev.orderflow.demo.client.deadletters;

import org.jspecify.annotations.NullMarked;
