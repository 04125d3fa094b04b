/** The suite as a customer sees it: placing orders and watching them over REST. */
@NullMarked
package dev.orderflow.demo.client;

import org.jspecify.annotations.NullMarked;
