package org.offerstorm.spouts;

/** Work that is done turn by turn, by one thread or in place of one; never two turns at a time. */
public interface DutyCycle {
    /** After a turn that ended for good. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Does what is due; may wait for an answer of a server for some seconds. Does not throw.
     *
     * @return milliseconds to wait before the next turn, {@link #NEVER} if there need be none
     */
    long turn();

    /** The last call, after the last turn: finishes and lets go of everything. Does not throw. */
    void end();
}
