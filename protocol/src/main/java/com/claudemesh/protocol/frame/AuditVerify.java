package com.claudemesh.protocol.frame;

/** Asks whether the mesh's record of events is untouched; answered by {@link AuditVerifyResult}. */
@WireName("audit_verify")
public record AuditVerify() implements ClientFrame {}
