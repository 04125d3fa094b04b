/** A small application that the tests run: accounts whose events are written down as effects. */
@NullMarked
package dev.orderflow.eventing.sample;

import org.jspecify.annotations.NullMarked;
