/** {@code ./demo fault}: breaks the suite on purpose. Requires services and a sandbox that run with profile demo. */
@NullMarked
package dev.orderflow.demo.client.faults;

import org.jspecify.annotations.NullMarked;
