package org.offerstorm.tools.deadletters;

/**
 * A letter that is to be replayed, without its bytes.
 *
 * @param id of the offer; null if the record is none
 * @param version of the record, {@code epoch << 48 | offset}
 * @param obstacle why not; null if nothing prevents it so far
 * @param hard whether force does not help
 */
record Candidate(LetterPosition position, String id, long version, String obstacle, boolean hard) {
    Candidate against(String reason, boolean isHard) {
        return new Candidate(position, id, version, reason, isHard);
    }

    CurrentVersions.Wanted wanted() {
        return new CurrentVersions.Wanted(id, position.partition(), position.offset(), position.epoch());
    }
}
