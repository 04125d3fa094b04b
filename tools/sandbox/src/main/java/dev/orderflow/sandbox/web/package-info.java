/** Pagination of the lists that the sandbox serves over HTTP. */
@NullMarked
package dev.orderflow.sandbox.web;

import org.jspecify.annotations.NullMarked;
