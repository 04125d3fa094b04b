@NullMarked
package dev.orderflow.edge.security;

import org.jspecify.annotations.NullMarked;
