/** The suite as an operator sees it: all its parts asked side by side, and what to do when some are away. */
@NullMarked
package dev.orderflow.demo.client.admin;

import org.jspecify.annotations.NullMarked;
