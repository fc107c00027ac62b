package org.offerstorm.ingest.offers;

/** A body that cannot be cut into items, so nothing of it is sent. */
public final class BadBatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooMany;

    private BadBatch(String message, boolean tooMany) {
        super(message, null, false, false);
        this.tooMany = tooMany;
    }

    /** @param message what is wrong, where, and what to do */
    static BadBatch broken(String message) {
        return new BadBatch(message, false);
    }

    static BadBatch tooMany() {
        return new BadBatch(
                "the body has more than " + Batch.MOST_ITEMS + " items; send them in several requests", true);
    }

    /** Whether it is sound, but has too many items. */
    public boolean isTooMany() {
        return tooMany;
    }
}
