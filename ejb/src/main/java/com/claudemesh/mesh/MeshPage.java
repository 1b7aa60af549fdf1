package com.claudemesh.mesh;

import java.util.List;

/**
 * Some meshes of a person.
 *
 * @param total how many there are on all pages
 */
public record MeshPage(List<MeshListing> meshes, long total) {}
