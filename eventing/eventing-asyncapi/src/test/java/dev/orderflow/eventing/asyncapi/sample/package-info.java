/** Events of a parcel service, for tests. */
@NullMarked
package dev.orderflow.eventing.asyncapi.sample;

import org.jspecify.annotations.NullMarked;
