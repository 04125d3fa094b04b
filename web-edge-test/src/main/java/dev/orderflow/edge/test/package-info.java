/** Misbehaving clients, and comparisons of answers, for the tests of services. */
@NullMarked
package dev.orderflow.edge.test;

import org.jspecify.annotations.NullMarked;
