/**
 * Parts that all REST resources share: admission, the bound on orders placed at once, the way clients leave before a
 * stop, and the API's description.
 */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
