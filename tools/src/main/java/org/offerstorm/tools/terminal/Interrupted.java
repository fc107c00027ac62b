package org.offerstorm.tools.terminal;

/**
 * What somebody who interrupts a command (Ctrl-C, {@code kill}) in the middle has to know: how the cluster is left. Opened
 * and closed by the command's thread around what can be interrupted; told by the thread that ends the process.
 */
public final class Interrupted implements AutoCloseable {
    private final Thread hook;

    public Interrupted(String message) {
        hook = new Thread(() -> System.err.println(message), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has its say
        }
    }
}
