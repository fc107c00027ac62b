package org.offerstorm.local.trials.chaos.crash.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts calls of {@link Passage#at} into a class. They neither branch nor use variables, so that the rest stays as it is. */
public final class Hooks {
    private static final int API = Opcodes.ASM9;
    private static final String PASSAGE = Passage.class.getName().replace('.', '/');

    private Hooks() {}

    /**
     * The class with its hooks.
     *
     * @throws IllegalStateException if a method of a point is not there
     */
    public static byte[] into(String className, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        List<CrashPoint> missing = new ArrayList<>(CrashPoint.ofClass(className));
        reader.accept(
                new ClassVisitor(API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean bridge = (access & Opcodes.ACC_SYNTHETIC) != 0;
                        for (CrashPoint point : CrashPoint.ofClass(className)) {
                            if (point.methodName().equals(name) && !bridge) {
                                method = new Hook(method, point);
                                missing.remove(point);
                            }
                        }
                        return method;
                    }
                },
                0);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(className + " has no method of " + missing);
        }
        return writer.toByteArray();
    }

    private static final class Hook extends MethodVisitor {
        private final CrashPoint point;

        Hook(MethodVisitor method, CrashPoint point) {
            super(API, method);
            this.point = point;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (point.at() == CrashPoint.At.ENTRY) {
                call();
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (point.at() == CrashPoint.At.EXIT && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                call();
            }
            super.visitInsn(opcode);
        }

        private void call() {
            super.visitLdcInsn(point.label());
            super.visitMethodInsn(Opcodes.INVOKESTATIC, PASSAGE, "at", "(Ljava/lang/String;)V", false);
        }
    }
}
