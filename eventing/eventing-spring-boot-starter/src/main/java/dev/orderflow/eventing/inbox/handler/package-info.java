/** Calls of event handlers: which there are, the chain around each call, its time limit, and guarded calls to the outside. */
@NullMarked
package dev.orderflow.eventing.inbox.handler;

import org.jspecify.annotations.NullMarked;
