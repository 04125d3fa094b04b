/** What the tests of services use: clients that do not behave. */
@NullMarked
package dev.orderflow.edge.test;

import org.jspecify.annotations.NullMarked;
