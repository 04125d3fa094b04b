/** Tests of signatures. */
@NullMarked
package dev.orderflow.eventing.signatures;

import org.jspecify.annotations.NullMarked;
