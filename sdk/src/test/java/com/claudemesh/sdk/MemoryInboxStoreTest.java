package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryInboxStoreTest {
    private final MemoryInboxStore store = new MemoryInboxStore();

    @Test
    void add_newMessage_isTrue() {
        assertThat(store.add(Messages.of("m1"))).isTrue();
        assertThat(store.add(Messages.of("m2"))).isTrue();
    }

    @Test
    void add_sameMessageId_isFalse() {
        store.add(Messages.of("m1"));

        assertThat(store.add(Messages.of("m1"))).isFalse();
    }

    @Test
    void add_sameSendersId_isFalse() {
        store.add(Messages.sentAs("m1", "ann", "c1"));

        assertThat(store.add(Messages.sentAs("m2", "ann", "c1"))).isFalse();
    }

    @Test
    void add_anotherSendersEqualId_isTrue() {
        store.add(Messages.sentAs("m1", "ann", "c1"));

        assertThat(store.add(Messages.sentAs("m2", "bob", "c1"))).isTrue();
    }

    @Test
    void add_manyMessages_forgetsTheOldestOnly() {
        store.add(Messages.of("old"));
        for (int i = 0; i < 2 * MemoryInboxStore.MAX_MESSAGES; i++) {
            store.add(Messages.of("m" + i));
        }

        assertThat(store.add(Messages.of("m" + MemoryInboxStore.MAX_MESSAGES))).isFalse();
        assertThat(store.add(Messages.of("old"))).isTrue();
    }
}
