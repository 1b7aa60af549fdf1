package com.claudemesh.inspection;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total how many there are on all pages
 */
public record Page<T>(List<T> rows, long total) {}
