/** Operators' view of the suite: requests to all parts concurrently, tolerating unavailable ones. */
@NullMarked
package dev.orderflow.demo.client.admin;

import org.jspecify.annotations.NullMarked;
