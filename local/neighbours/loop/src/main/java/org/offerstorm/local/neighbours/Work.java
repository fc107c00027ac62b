package org.offerstorm.local.neighbours;

/** What a thread does; a failure ends the process. */
@FunctionalInterface
public interface Work {
    void run() throws Exception;

    /** Starts a thread for it. */
    static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        e.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                },
                name);
        thread.start();
    }
}
