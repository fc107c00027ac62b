package org.offerstorm.tools.terminal;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, {@code kill} and a closed terminal, as calls of ours. A shutdown hook would run in parallel with the hooks of the
 * embedded servers and of the logging, which end what an orderly stop still needs.
 */
public final class Signals {
    private Signals() {}

    /**
     * From now on the process does not end by itself when it is interrupted, terminated or its terminal closes, but
     * {@code action} is called, each time, on its own thread, with the exit code that shells give to that signal.
     *
     * <p>A signal that this Java or system does not hand over ends the process as before.
     *
     * @return gives the signals back to who had them before
     */
    public static Taken onStop(IntConsumer action) {
        Taken hangUp = handle("HUP", () -> action.accept(129));
        Taken interrupt = handle("INT", () -> action.accept(130));
        Taken terminate = handle("TERM", () -> action.accept(143));
        return () -> {
            hangUp.close();
            interrupt.close();
            terminate.close();
        };
    }

    /** Signals that this process handles itself, until closed. */
    @FunctionalInterface
    public interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** {@code sun.misc.Signal} is in every JDK (module jdk.unsupported), but compiling against it warns. */
    private static Taken handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == arguments[0];
                            default -> "stop on SIG" + name;
                        };
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            Object number = signal.getConstructor(String.class).newInstance(name);
            Object before = handle.invoke(null, number, proxy);
            return () -> set(handle, number, before);
        } catch (ReflectiveOperationException e) {
            return () -> {}; // as with -Xrs, or where the system has no such signal
        }
    }

    private static void set(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle " + signal, e);
        }
    }
}
