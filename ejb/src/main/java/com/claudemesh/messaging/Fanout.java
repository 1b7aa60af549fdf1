package com.claudemesh.messaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The copies of one multicast message that this node hands out, as they stand. Of the thread that writes marks. */
final class Fanout {
    /** What a copy's byte says; the values are stored. */
    static final byte OWED = 0;

    static final byte SENT = 1;
    static final byte SENT_SETTLED = 2;
    static final byte RECEIVED = 3;
    static final byte MOVED = 4;

    private final long seq;
    private final Map<String, Integer> positions;
    private final byte[] states;
    private int open;

    Fanout(long seq, List<String> memberIds) {
        this.seq = seq;
        this.positions = new HashMap<>(memberIds.size() * 2);
        for (int i = 0; i < memberIds.size(); i++) {
            positions.put(memberIds.get(i), i);
        }
        this.states = new byte[memberIds.size()];
        this.open = memberIds.size();
    }

    long seq() {
        return seq;
    }

    byte[] states() {
        return states.clone();
    }

    /** How many copies are neither settled nor moved. */
    int open() {
        return open;
    }

    /** Applies a mark; false when it changes nothing. */
    boolean apply(Mark mark) {
        Integer position = positions.get(mark.memberId());
        if (position == null || states[position] > SENT) {
            return false;
        }
        byte next =
                switch (mark.kind()) {
                    case SENT -> SENT;
                    case SENT_SETTLED -> SENT_SETTLED;
                    case RECEIVED, RECEIVED_BY_ID -> RECEIVED;
                    case RELEASED, FAILED -> MOVED;
                };
        if (next > SENT) {
            open--;
        }
        states[position] = next;
        return true;
    }
}
