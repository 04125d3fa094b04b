/** The parts that the operators' actions and their REST API share: requests, pages, and error responses. */
@NullMarked
package dev.orderflow.eventing.admin;

import org.jspecify.annotations.NullMarked;
