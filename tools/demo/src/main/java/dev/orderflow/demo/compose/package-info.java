/** The suite as containers of {@code docker-compose.yml}, asked and broken by way of {@code docker compose}. */
@NullMarked
package dev.orderflow.demo.compose;

import org.jspecify.annotations.NullMarked;
