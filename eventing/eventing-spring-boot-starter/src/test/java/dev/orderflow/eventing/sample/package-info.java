/** A small application for the tests: accounts whose events are recorded as effects. */
@NullMarked
package dev.orderflow.eventing.sample;

import org.jspecify.annotations.NullMarked;
