/**
 * The AsyncAPI 3 document of an application's events: topics, messages, headers and operations, derived from its handlers
 * and event records. Nothing else depends on this package.
 */
@NullMarked
package dev.orderflow.eventing.asyncapi;

import org.jspecify.annotations.NullMarked;
