/** Places the orders of a retailer's real sales file and measures their duration. */
@NullMarked
package dev.orderflow.demo.client.replay;

import org.jspecify.annotations.NullMarked;
