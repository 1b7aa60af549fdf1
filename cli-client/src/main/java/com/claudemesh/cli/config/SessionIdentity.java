package com.claudemesh.cli.config;

import java.util.List;
import java.util.Optional;

/** Who a launched session is: shown to its peers. */
public record SessionIdentity(
        String displayName, Optional<String> role, List<GroupChoice> groups, MessageMode messageMode) {}
