/** PostgreSQL and Kafka as ordinary child processes of this machine, for tests and for the demo. */
@NullMarked
package dev.orderflow.local;

import org.jspecify.annotations.NullMarked;
