/**
 * Parts shared by all REST resources: admission, the bound of concurrent placements, and the draining of connections
 * before a stop.
 */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
