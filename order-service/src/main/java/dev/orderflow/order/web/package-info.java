/** What all REST resources share: problem details, the bound on a body's size, the API's description. */
@NullMarked
package dev.orderflow.order.web;

import org.jspecify.annotations.NullMarked;
