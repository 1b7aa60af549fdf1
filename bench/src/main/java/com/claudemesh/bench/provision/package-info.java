/** Makes meshes and members through the server's public interfaces. */
@NullMarked
package com.claudemesh.bench.provision;

import org.jspecify.annotations.NullMarked;
