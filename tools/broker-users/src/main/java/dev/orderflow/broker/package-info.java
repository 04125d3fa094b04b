/** Users of a broker and their rights, from the list that Strimzi's operator reads in production. */
@NullMarked
package dev.orderflow.broker;

import org.jspecify.annotations.NullMarked;
