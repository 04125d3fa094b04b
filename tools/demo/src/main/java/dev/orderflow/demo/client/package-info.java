/** Customers' view of the suite: places orders and follows them over REST. */
@NullMarked
package dev.orderflow.demo.client;

import org.jspecify.annotations.NullMarked;
