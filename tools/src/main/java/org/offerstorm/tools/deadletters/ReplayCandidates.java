package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.LetterEntry;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** The letters that are to be replayed, without their bytes; some 200 bytes each. One thread. */
final class ReplayCandidates {
    private final SourceConfig config;
    private final DataSet data;
    private final Map<LetterPosition, Candidate> candidates = new LinkedHashMap<>();
    private long all;

    /** @param data what the topic's records are */
    ReplayCandidates(SourceConfig config, DataSet data) {
        this.config = config;
        this.data = data;
    }

    /**
     * Finds which letters are meant, and which obstacles the letters alone show; once.
     *
     * @param source the topic of offers as it is now
     * @throws NoSuchLetter if there is none at a position selected
     * @throws IOException if the topic cannot be read
     */
    void select(DeadLetterReader reader, LetterSelection selection, Replay.Options options, Source source)
            throws IOException, NoSuchLetter {
        CandidateCheck check = new CandidateCheck(data);
        Missing missing = new Missing(config, selection.positions());
        reader.forEach(entry -> {
            missing.see(entry);
            if (!(entry instanceof StoredLetter letter)) {
                return;
            }
            all++;
            if (selection.matches(letter)) {
                candidates.put(LetterPosition.of(letter), check.of(letter, options.valueOf(letter), source));
            }
        });
        missing.check();
        supersede();
    }

    /** The letter's candidate; null if it was not selected. */
    Candidate of(LetterEntry letter) {
        return candidates.get(LetterPosition.of(letter));
    }

    /** The offers of all that are records of one. */
    List<CurrentVersions.Wanted> wanted() {
        return candidates.values().stream()
                .filter(candidate -> candidate.id() != null)
                .map(Candidate::wanted)
                .toList();
    }

    int size() {
        return candidates.size();
    }

    /** Letters of the topic, selected or not. */
    long all() {
        return all;
    }

    /** Of several letters of an offer the newest alone: each replay would make the others the older ones. */
    private void supersede() {
        Map<String, Candidate> newest = new HashMap<>();
        candidates.values().stream()
                .filter(candidate -> candidate.id() != null)
                .forEach(candidate ->
                        newest.merge(candidate.id(), candidate, (a, b) -> a.version() > b.version() ? a : b));
        candidates.replaceAll((position, candidate) -> {
            Candidate winner = newest.get(candidate.id());
            return winner == null || winner.position().equals(position)
                    ? candidate
                    : candidate.against(
                            "a newer letter of the same offer is replayed, "
                                    + winner.position().shown(config),
                            true);
        });
    }
}
