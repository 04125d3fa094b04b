/** Suite as containers of {@code docker-compose.yml}, controlled through {@code docker compose}. */
@NullMarked
package dev.orderflow.demo.compose;

import org.jspecify.annotations.NullMarked;
