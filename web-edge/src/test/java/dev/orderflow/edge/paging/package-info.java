@NullMarked
package dev.orderflow.edge.paging;

import org.jspecify.annotations.NullMarked;
