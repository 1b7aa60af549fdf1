package com.claudemesh.inspection;

import java.util.List;

/**
 * Which part of a list is asked for.
 *
 * @param text that must occur in a name; empty for all rows
 * @param orders the first one counts most; empty for the list's own order
 * @param skipped rows of earlier pages
 */
public record PageRequest(String text, List<Order> orders, int maxRows, long skipped) {

    /** One column to sort by, by the name that it has in answers. */
    public record Order(String column, boolean descending) {}

    public PageRequest {
        orders = List.copyOf(orders);
    }

    public static PageRequest first(int maxRows) {
        return new PageRequest("", List.of(), maxRows, 0);
    }
}
