package org.offerstorm.lake.batch;

/** Another run published first; nothing of this one was. */
public final class Overtaken extends Exception {
    private static final long serialVersionUID = 1L;

    Overtaken(String message, Throwable cause) {
        super(message, cause);
    }
}
