/**
 * What all REST resources share: problem details, the bounds on a body's size and on requests at once, the way clients leave before
 * a stop, the API's description.
 */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
