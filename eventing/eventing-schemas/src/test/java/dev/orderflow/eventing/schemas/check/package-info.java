/** Tests of the compiled checks. */
@NullMarked
package dev.orderflow.eventing.schemas.check;

import org.jspecify.annotations.NullMarked;
