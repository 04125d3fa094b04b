/**
 * Keyset pagination, whose pages stay correct while rows are added: each page begins after the last row of the previous
 * one.
 */
@NullMarked
package dev.orderflow.edge.paging;

import org.jspecify.annotations.NullMarked;
