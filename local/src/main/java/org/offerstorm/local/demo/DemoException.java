package org.offerstorm.local.demo;

/** The demo cannot go on, for a reason that its user can do something about. The message is shown as it stands. */
public final class DemoException extends Exception {
    private static final long serialVersionUID = 1;

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
