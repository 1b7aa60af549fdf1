package com.claudemesh.cli.config;

import java.util.Optional;

/** A group to be in, with an optional role there. */
public record GroupChoice(String name, Optional<String> role) {}
