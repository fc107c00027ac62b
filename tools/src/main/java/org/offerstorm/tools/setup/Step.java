package org.offerstorm.tools.setup;

import org.offerstorm.core.check.Finding;

/**
 * One thing that {@code setup} looked after.
 *
 * @param name what: {@code topic offers}
 * @param where address or directory; without secrets
 * @param message what was found or made, one line
 * @param fix what to do; empty if nothing
 */
public record Step(State state, String name, String where, String message, String fix) {
    /** How it stands now. */
    public enum State {
        MADE("made"),
        THERE("was there"),
        /** Was looked at, and is as it must be. */
        OK("ok"),
        /** Works, but could be better. */
        WARN("warn"),
        /** Is there, but not as it must be; setup changes nothing that exists. */
        DIFFERS("differs"),
        /** Could not be looked at, or not be made. */
        FAILED("FAIL");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /** @param failure what a failure means here */
    static Step of(Finding finding, State failure) {
        State state =
                switch (finding.level()) {
                    case OK -> State.OK;
                    case WARN -> State.WARN;
                    case FAIL -> failure;
                };
        return new Step(state, finding.name(), finding.where(), finding.message(), finding.fix());
    }
}
