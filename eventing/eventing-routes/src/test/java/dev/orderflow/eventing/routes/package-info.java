/** Tests of routes. */
@NullMarked
package dev.orderflow.eventing.routes;

import org.jspecify.annotations.NullMarked;
