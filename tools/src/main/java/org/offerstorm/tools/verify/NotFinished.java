package org.offerstorm.tools.verify;

/** The stream did not come to rest in time: nothing can be said of the stores yet, good or bad. */
public final class NotFinished extends Exception {
    private static final long serialVersionUID = 1L;

    NotFinished(String message) {
        super(message);
    }
}
