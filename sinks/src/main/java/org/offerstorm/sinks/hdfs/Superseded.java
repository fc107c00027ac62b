package org.offerstorm.sinks.hdfs;

/** Another writer has taken the slot. The one that learns it holds from then on: it never acks and never steals back. */
final class Superseded extends Exception {
    private static final long serialVersionUID = 1L;

    Superseded(String message) {
        super(message);
    }
}
