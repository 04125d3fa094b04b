/** Listeners as teams have them, given the inbox. */
@NullMarked
package dev.orderflow.eventing.listener;

import org.jspecify.annotations.NullMarked;
