package com.claudemesh.protocol.frame;

import java.util.List;
import java.util.Map;

/** What the asking member lets others do, by their keys. Who is not named has the defaults. */
public record GrantsResult(Map<String, List<Grant>> grants) implements ServerFrame {}
