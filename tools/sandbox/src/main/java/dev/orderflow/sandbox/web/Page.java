package dev.orderflow.sandbox.web;

import java.util.List;

/**
 * Page of a list.
 *
 * @param total length of the whole list
 */
public record Page<T>(List<T> items, int total) {

    /** Maximum number of items of one page, so that a response fits a small heap. */
    public static final int MAX_LIMIT = 10_000;

    /** Number of items of a page if the request has no limit. */
    public static final String DEFAULT_LIMIT = "100";
}
