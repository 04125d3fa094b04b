/** PostgreSQL and Kafka as child processes on this machine, for tests and for the demo. */
@NullMarked
package dev.orderflow.local;

import org.jspecify.annotations.NullMarked;
