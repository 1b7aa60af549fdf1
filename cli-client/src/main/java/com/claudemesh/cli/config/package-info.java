/** What the command keeps on disk between runs: memberships, keys and caches, readable by their owner only. */
@NullMarked
package com.claudemesh.cli.config;

import org.jspecify.annotations.NullMarked;
