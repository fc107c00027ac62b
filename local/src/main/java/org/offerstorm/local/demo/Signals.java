package org.offerstorm.local.demo;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, {@code kill} and a closed terminal, as calls of ours. A shutdown hook would run beside the hooks of the
 * embedded servers and of the logging, which end what an orderly stop still needs.
 */
public final class Signals {
    private Signals() {}

    /**
     * From now on the process does not end by itself when it is interrupted, terminated or its terminal closes, but
     * {@code action} is called, each time, on a thread of its own, with the exit code that shells give to that signal.
     */
    public static void onStop(IntConsumer action) {
        handle("HUP", () -> action.accept(129));
        handle("INT", () -> action.accept(130));
        handle("TERM", () -> action.accept(143));
    }

    /** {@code sun.misc.Signal} is in every JDK (module jdk.unsupported), but compiling against it warns. */
    private static void handle(String name, Runnable action) {
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
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle signal " + name, e);
        }
    }
}
