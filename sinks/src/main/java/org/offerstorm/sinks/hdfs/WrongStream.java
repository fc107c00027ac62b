package org.offerstorm.sinks.hdfs;

/** The directory belongs to another stream than the chunk; nothing was written. */
final class WrongStream extends Exception {
    private static final long serialVersionUID = 1L;

    WrongStream(String message) {
        super(message);
    }
}
