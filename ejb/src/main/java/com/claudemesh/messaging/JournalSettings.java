package com.claudemesh.messaging;

/**
 * The journal's numbers.
 *
 * @param maxRows most rows of one transaction
 * @param lingerMicros how long a small batch waits for company
 * @param maxWaiting most submissions that wait; more are refused
 * @param patienceMillis how long a submission outlives an unreachable database
 * @param claimMillis how long a claim on a delivery holds
 * @param markLingerMillis how long a mark that nobody waits for may wait for company
 */
public record JournalSettings(
        int maxRows, long lingerMicros, int maxWaiting, long patienceMillis, long claimMillis, long markLingerMillis) {}
