package org.offerstorm.tools.verify;

/** What is wrong with the state that a store has of an offer. */
final class Judgement {
    private Judgement() {}

    /**
     * Null if nothing is.
     *
     * @param slot the offer
     * @param cell where the store has it; ignored if it is not live there
     */
    static Kind of(Fold fold, int slot, long version, boolean live, String cell) {
        long newest = fold.offers().version(slot);
        boolean mustLive = fold.isLive(slot);
        if (live && !mustLive) {
            return Kind.RESURRECTED;
        }
        if (version != newest) {
            return version < newest ? Kind.STALE : Kind.PHANTOM;
        }
        if (!live && mustLive) {
            return Kind.LOST;
        }
        return live && !fold.cell(slot).equals(cell) ? Kind.MISPLACED : null;
    }
}
