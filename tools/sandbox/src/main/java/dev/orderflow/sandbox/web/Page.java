package dev.orderflow.sandbox.web;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are in the whole list
 */
public record Page<T>(List<T> items, int total) {

    /** The most items of one page, so that an answer fits a small heap. */
    public static final int MAX_LIMIT = 10_000;

    /** The items of a page for which no limit is asked. */
    public static final String DEFAULT_LIMIT = "100";
}
