/**
 * Injects faults to demonstrate and test how a service handles them: failing handlers, invalid records, and duplicate events. Only
 * active under the Spring profile {@code demo}.
 */
@NullMarked
package dev.orderflow.eventing.fault;

import org.jspecify.annotations.NullMarked;
