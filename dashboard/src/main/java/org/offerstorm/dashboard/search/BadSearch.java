package org.offerstorm.dashboard.search;

/** A request that means nothing. The message is for who made it, and quotes no more than a name. */
public final class BadSearch extends IllegalArgumentException {
    public BadSearch(String message) {
        super(message);
    }
}
