package org.offerstorm.tools.trace;

import java.util.List;

/**
 * What one store holds of the offer, and what is wrong with it.
 *
 * @param store name of the sink, or {@code dead letters}
 * @param why each thing that is wrong, with its cause; or a remark if nothing is
 */
public record StoreTrace(String store, State state, List<Holding> holdings, List<String> why) {
    public StoreTrace {
        holdings = List.copyOf(holdings);
        why = List.copyOf(why);
    }

    /** The judgement. */
    public enum State {
        /** It holds what it must. */
        AGREES("agrees"),
        /** It lacks the offer, or one of its versions. */
        MISSING("missing"),
        /** It holds an older version. */
        STALE("stale"),
        /** It holds the version, and says something else of it. */
        DIFFERENT("different"),
        /** It holds a version of which the record is another offer's. */
        PHANTOM("phantom"),
        /** It was not looked at, as there is nothing to look for. */
        NOT_LOOKED("not looked at"),
        /** It does not answer, or belongs to another stream. */
        UNREACHABLE("cannot be asked");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it is in reports. */
        public String word() {
            return word;
        }

        /** Whether the store is not as it must be. */
        public boolean isWrong() {
            return this == MISSING || this == STALE || this == DIFFERENT || this == PHANTOM;
        }
    }
}
