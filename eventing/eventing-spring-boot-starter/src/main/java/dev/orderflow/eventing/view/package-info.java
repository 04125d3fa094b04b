/** Views of topics in memory: each instance reads a topic as a whole, without a consumer group. */
@NullMarked
package dev.orderflow.eventing.view;

import org.jspecify.annotations.NullMarked;
