/** Places the orders of a retailer's real sales file, and measures how long they take. */
@NullMarked
package dev.orderflow.demo.client.replay;

import org.jspecify.annotations.NullMarked;
