/** Event handlers: their registry, the chain and the time limit around each call, and guarded outbound calls. */
@NullMarked
package dev.orderflow.eventing.inbox.handler;

import org.jspecify.annotations.NullMarked;
