package org.offerstorm.lake.batch;

/** The tables are not those of this stream, or not in the form of this version. */
public final class WrongTable extends Exception {
    private static final long serialVersionUID = 1L;

    WrongTable(String message) {
        super(message);
    }
}
