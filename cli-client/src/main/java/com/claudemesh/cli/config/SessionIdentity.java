package com.claudemesh.cli.config;

import java.util.List;
import java.util.Optional;

/** Who a launched session is: shown to its peers. {@code messageMode} is push, inbox or off. */
public record SessionIdentity(
        String displayName, Optional<String> role, List<GroupChoice> groups, String messageMode) {}
