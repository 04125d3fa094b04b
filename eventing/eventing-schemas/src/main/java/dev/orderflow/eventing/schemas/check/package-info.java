/** Fast checks, compiled from JSON Schemas, that prove that bytes are valid. They leave all doubts to a complete validator. */
@NullMarked
package dev.orderflow.eventing.schemas.check;

import org.jspecify.annotations.NullMarked;
