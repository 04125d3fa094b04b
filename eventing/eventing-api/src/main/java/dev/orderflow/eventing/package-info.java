/**
 * What an event record implements to be exchanged safely. Plain Java: a module of event records depends on nothing else.
 */
@NullMarked
package dev.orderflow.eventing;

import org.jspecify.annotations.NullMarked;
