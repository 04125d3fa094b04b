/** The operators' view of routes. */
@NullMarked
package dev.orderflow.eventing.admin.route;

import org.jspecify.annotations.NullMarked;
