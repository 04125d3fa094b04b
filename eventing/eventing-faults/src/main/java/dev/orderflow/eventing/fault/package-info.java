/**
 * Faults that are injected on purpose, to show and to test what becomes of them: handlers that fail, records that are no events,
 * events that come again. Only active under the Spring profile {@code demo}.
 */
@NullMarked
package dev.orderflow.eventing.fault;

import org.jspecify.annotations.NullMarked;
