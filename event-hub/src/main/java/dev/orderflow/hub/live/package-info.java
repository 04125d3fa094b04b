/** Live streams of events to clients. */
@NullMarked
package dev.orderflow.hub.live;

import org.jspecify.annotations.NullMarked;
