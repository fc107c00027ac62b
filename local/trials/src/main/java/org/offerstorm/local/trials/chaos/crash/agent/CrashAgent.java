package org.offerstorm.local.trials.chaos.crash.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/** Of the JVM's option {@code -javaagent:JAR=DIRECTORY}: makes each method of a {@link CrashPoint} report to {@link Passage} that it ran. */
public final class CrashAgent {
    private CrashAgent() {}

    /** The JVM calls it before {@code main}. */
    public static void premain(String directory, Instrumentation instrumentation) {
        Passage.watch(Path.of(directory));
        instrumentation.addTransformer(new Transformer());
    }

    /** The JVM calls it for each class, on the thread that loads it. */
    private static final class Transformer implements ClassFileTransformer {
        @Override
        @SuppressWarnings("ReturnsNullCollection") // as the interface says: null leaves the class as it is
        public byte[] transform(
                ClassLoader loader, String internalName, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (internalName == null || !internalName.startsWith("org/offerstorm/")) {
                return null;
            }
            String name = internalName.replace('/', '.');
            try {
                return CrashPoint.ofClass(name).isEmpty() ? null : Hooks.into(name, bytes);
            } catch (RuntimeException e) { // the JVM would say nothing
                Passage.note("failed", "no crash points in " + name + ": " + e);
                return null;
            }
        }
    }
}
