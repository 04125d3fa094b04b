/** Wires the starter into a Spring Boot application, and nothing else. */
@NullMarked
package dev.orderflow.eventing.autoconfigure;

import org.jspecify.annotations.NullMarked;
