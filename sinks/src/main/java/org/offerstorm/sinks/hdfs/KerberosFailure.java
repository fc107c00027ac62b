package org.offerstorm.sinks.hdfs;

import java.io.IOException;

/** Kerberos refused, or could not be asked; the message says what to do. Over when its cause is, without a restart. */
final class KerberosFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String fix;

    KerberosFailure(String what, String fix, Throwable cause) {
        super(what + "; " + fix, cause);
        this.what = what;
        this.fix = fix;
    }

    /** What happened. */
    String what() {
        return what;
    }

    /** What to do. */
    String fix() {
        return fix;
    }
}
