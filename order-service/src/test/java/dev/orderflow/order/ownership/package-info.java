@NullMarked
package dev.orderflow.order.ownership;

import org.jspecify.annotations.NullMarked;
