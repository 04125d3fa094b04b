/** Runs tests of the starter on the other platforms that it supports. */
@NullMarked
package dev.orderflow.eventing.platform;

import org.jspecify.annotations.NullMarked;
