package com.claudemesh.bench.gauntlet.clock;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the JDK's clock classes so that a system property, in milliseconds, is added to what they return. Made for
 * JDK 17 and later, where all of {@code java.time} reads the time in {@code Clock.currentInstant()} and {@code
 * SystemClock.millis()}.
 */
final class ClockPatch {
    /** The classes to patch, each with the method that reads the time. */
    static final Map<String, String> METHODS =
            Map.of("java.time.Clock", "currentInstant", "java.time.Clock$SystemClock", "millis");

    private ClockPatch() {}

    /** @throws IOException when this JDK's class does not look as expected */
    static byte[] patched(String className) throws IOException {
        try (InputStream original = Clock.class.getResourceAsStream("/" + className.replace('.', '/') + ".class")) {
            if (original == null) {
                throw new IOException("this JDK has no " + className);
            }
            ClassReader reader = new ClassReader(original);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            Patcher patcher = new Patcher(writer, METHODS.get(className));
            reader.accept(patcher, 0);
            if (!patcher.applied) {
                throw new IOException(className + " of this JDK reads the time in another way");
            }
            return writer.toByteArray();
        }
    }

    private static final class Patcher extends ClassVisitor {
        private final String wanted;
        private boolean applied;

        Patcher(ClassVisitor next, String wanted) {
            super(Opcodes.ASM9, next);
            this.wanted = wanted;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals(wanted)) {
                return method;
            }
            applied = true;
            return new OffsetAdded(method);
        }
    }

    /** Adds the offset to what is on the stack before every return. */
    private static final class OffsetAdded extends MethodVisitor {
        OffsetAdded(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.LRETURN) {
                offset();
                super.visitInsn(Opcodes.LADD);
            } else if (opcode == Opcodes.ARETURN) {
                offset();
                super.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL, "java/time/Instant", "plusMillis", "(J)Ljava/time/Instant;", false);
            }
            super.visitInsn(opcode);
        }

        private void offset() {
            super.visitLdcInsn(ClockShiftAgent.OFFSET);
            super.visitInsn(Opcodes.LCONST_0);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, "java/lang/Long", "getLong", "(Ljava/lang/String;J)Ljava/lang/Long;", false);
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Long", "longValue", "()J", false);
        }
    }
}
