/** Tests of schemas, versions and circuits. */
@NullMarked
package dev.orderflow.eventing.schemas;

import org.jspecify.annotations.NullMarked;
