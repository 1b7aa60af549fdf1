package com.claudemesh.protocol.crypto.primitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 32-bit words in little-endian order, as the Salsa family reads and writes them. */
final class LittleEndian {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int word(byte[] bytes, int offset) {
        return (int) WORDS.get(bytes, offset);
    }

    static void putWord(byte[] bytes, int offset, int word) {
        WORDS.set(bytes, offset, word);
    }
}
