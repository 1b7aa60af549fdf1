package com.claudemesh.protocol.frame;

/** Asks for the mesh's API keys. For administrators; answered by {@link ApiKeyListResponse}. */
public record ApiKeyList() implements ClientFrame {}
