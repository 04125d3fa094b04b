/** Common parts of the sandbox's HTTP responses: pages, and problem details with a code. */
@NullMarked
package dev.orderflow.sandbox.web;

import org.jspecify.annotations.NullMarked;
