package org.offerstorm.lake.batch;

/** A batch made what it must not have made; nothing of it was published. */
public final class AuditFailed extends Exception {
    private static final long serialVersionUID = 1L;

    AuditFailed(String message) {
        super(message);
    }
}
