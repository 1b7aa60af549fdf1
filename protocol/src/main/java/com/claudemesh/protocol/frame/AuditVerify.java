package com.claudemesh.protocol.frame;

/** Asks whether the mesh's record of events is untouched; answered by {@link AuditVerifyResult}. */
public record AuditVerify() implements ClientFrame {}
