/** {@code ./demo dead-letters}: shows what failed permanently and why, and replays or discards it. */
@NullMarked
package dev.orderflow.demo.client.deadletters;

import org.jspecify.annotations.NullMarked;
