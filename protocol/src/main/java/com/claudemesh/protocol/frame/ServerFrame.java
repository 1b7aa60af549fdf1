package com.claudemesh.protocol.frame;

/** What the server may send: replies, and what arrives unasked. */
public sealed interface ServerFrame extends Frame
        permits HelloAck,
                Ack,
                ErrorFrame,
                PeersList,
                Push,
                MessageStatusResult,
                MessageReceipts,
                DeadLetters,
                KickAck,
                DisconnectAck,
                BanAck,
                UnbanAck,
                ListBansResult,
                GrantsResult,
                MeshInfoResult,
                AuditResult,
                AuditVerifyResult,
                ApiKeyCreated,
                ApiKeyListResponse,
                ApiKeyRevokeResponse,
                TopicCreated,
                TopicListResponse,
                TopicMembersResponse,
                TopicHistoryResponse,
                TopicSearchResponse {}
