/** Lists in pages that stay correct while rows are added: each page begins after the last row of the one before. */
@NullMarked
package dev.orderflow.order.paging;

import org.jspecify.annotations.NullMarked;
