/** A service's OpenAPI document, and a page for reading and trying it. */
@NullMarked
package dev.orderflow.edge.openapi;

import org.jspecify.annotations.NullMarked;
