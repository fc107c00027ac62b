package org.offerstorm.dashboard.lake;

/** The lake gives no answer; the message is for everybody. */
public final class LakeAway extends Exception {
    private static final long serialVersionUID = 1L;

    LakeAway(String message) {
        super(message);
    }
}
