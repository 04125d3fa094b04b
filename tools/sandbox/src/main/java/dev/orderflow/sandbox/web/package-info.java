/** Pages of the lists that the sandbox answers over HTTP. */
@NullMarked
package dev.orderflow.sandbox.web;

import org.jspecify.annotations.NullMarked;
