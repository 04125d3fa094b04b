/** Whether something has become slower. */
@NullMarked
package dev.orderflow.bench.smoke;

import org.jspecify.annotations.NullMarked;
