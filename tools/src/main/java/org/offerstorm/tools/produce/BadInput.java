package org.offerstorm.tools.produce;

import java.io.IOException;

/** The rest of a file cannot be read. The message names the file and what to do. */
public final class BadInput extends IOException {
    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
