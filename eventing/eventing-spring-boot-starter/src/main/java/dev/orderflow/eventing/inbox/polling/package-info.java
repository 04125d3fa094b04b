/** Members of the consumer group: they poll, pause partitions, wait for retries to become due, and commit offsets. */
@NullMarked
package dev.orderflow.eventing.inbox.polling;

import org.jspecify.annotations.NullMarked;
