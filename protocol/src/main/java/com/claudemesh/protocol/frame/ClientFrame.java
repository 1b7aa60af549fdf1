package com.claudemesh.protocol.frame;

/** What a client may send. Adding a message type begins with a record here. */
public sealed interface ClientFrame extends Frame
        permits Hello,
                SessionHello,
                Send,
                ClientAck,
                MessageStatus,
                ListDeadLetters,
                ListPeers,
                SetSummary,
                SetStatus,
                SetVisible,
                SetProfile,
                SetStats,
                JoinGroup,
                LeaveGroup,
                Kick,
                Disconnect,
                Ban,
                Unban,
                ListBans,
                SetGrants,
                ListGrants,
                MeshInfo,
                AuditQuery,
                AuditVerify {}
