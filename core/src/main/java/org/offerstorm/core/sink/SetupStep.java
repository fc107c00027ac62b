package org.offerstorm.core.sink;

import java.io.IOException;

/** Something that a store must have before the sink can write: a core, a directory. Used by one thread. */
public interface SetupStep {
    /** What is made: {@code solr core}. */
    String name();

    /** Address or directory; without secrets. */
    String where();

    /** What it is made from; empty if there is nothing to say. */
    default String detail() {
        return "";
    }

    /**
     * Makes it if it is missing. What exists is not changed.
     *
     * @return whether it was made
     * @throws NotMade if somebody else has to do something first
     * @throws IOException if the store cannot be asked, or refuses
     */
    boolean make() throws IOException;

    /** It is missing, and this process cannot make it. */
    final class NotMade extends IOException {
        private final String fix;

        /** @param fix what somebody with more rights has to do, or a command that does it */
        public NotMade(String message, String fix, Throwable cause) {
            super(message, cause);
            this.fix = fix;
        }

        /** What to do. */
        public String fix() {
            return fix;
        }
    }
}
