/**
 * Parts shared by all REST resources: admission, the bound of concurrent placements, the draining of connections before
 * a stop, and the OpenAPI description.
 */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
