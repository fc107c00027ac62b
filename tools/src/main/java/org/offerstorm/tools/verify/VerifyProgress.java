package org.offerstorm.tools.verify;

/** Told how far a verification is; called on its thread. */
public interface VerifyProgress {
    /** For nobody. */
    VerifyProgress NONE = new VerifyProgress() {
        @Override
        public void begin(String what, long max) {
            // nobody looks
        }

        @Override
        public void step() {
            // nobody looks
        }
    };

    /**
     * Something new begins.
     *
     * @param max number of steps; negative if it is not known
     */
    void begin(String what, long max);

    /** One record, entry, document, row or letter more. */
    void step();
}
