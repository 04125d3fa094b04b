/** Checks events by their JSON Schemas, converts older versions into newer ones, and stops parsing types that keep failing. */
@NullMarked
package dev.orderflow.eventing.schemas;

import org.jspecify.annotations.NullMarked;
