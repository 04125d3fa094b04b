/** What all REST resources share: problem details, the bounds on a body's size and on requests at once, the API's description. */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
