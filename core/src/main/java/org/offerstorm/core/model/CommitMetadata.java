package org.offerstorm.core.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The metadata of a committed offset. From it, a later start knows whether the offset still means what it meant.
 *
 * @param topicId Kafka's id of the topic
 * @param epoch the operator's counter of re-created topics
 * @param partitions of the topic; added ones would move keys
 * @param origin offset at which the stream of this partition began
 * @param olderStored whether stores hold records from below the origin: it is the log's start of when an operator set the
 *     group back, and where the stream once began is not known
 * @param earlierEpochs whether the sinks hold records of lower epochs
 * @param run counts the starts that read this partition: a higher one has taken over from all lower ones; 0 in commits of
 *     earlier versions
 * @param sinks sinks that have everything below the offset
 */
public record CommitMetadata(
        String topicId,
        int epoch,
        int partitions,
        long origin,
        boolean olderStored,
        boolean earlierEpochs,
        long run,
        Set<String> sinks) {
    private static final String FORMAT = "offerstorm/1";
    private static final String OLDER_STORED = "older-stored";
    private static final String EARLIER_EPOCHS = "earlier-epochs";
    private static final String RUN = "run";

    public CommitMetadata {
        sinks = Set.copyOf(sinks);
    }

    /** For a floor of {@code source}. */
    public static CommitMetadata of(
            Source source, long origin, boolean olderStored, boolean earlierEpochs, long run, Set<String> sinks) {
        return new CommitMetadata(
                source.topicId(), source.epoch(), source.partitions(), origin, olderStored, earlierEpochs, run, sinks);
    }

    /** One line of some 100 characters; Kafka allows 4,096. */
    public String encode() {
        return FORMAT + " topic-id=" + topicId + " epoch=" + epoch + " partitions=" + partitions + " origin=" + origin
                + (olderStored ? " " + OLDER_STORED + "=yes" : "")
                + (earlierEpochs ? " " + EARLIER_EPOCHS + "=yes" : "")
                + (run > 0 ? " " + RUN + "=" + run : "") + " sinks="
                + String.join(",", new TreeSet<>(sinks));
    }

    /** Nothing if the text is not ours: some other tool made the commit. */
    public static Optional<CommitMetadata> parse(String text) {
        if (text == null || !text.startsWith(FORMAT + " ")) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String part : text.substring(FORMAT.length() + 1).split(" ", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                values.put(part.substring(0, at), part.substring(at + 1));
            }
        }
        if (!values.keySet().containsAll(Set.of("topic-id", "epoch", "partitions", "origin", "sinks"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CommitMetadata(
                    values.get("topic-id"),
                    Integer.parseInt(values.get("epoch")),
                    Integer.parseInt(values.get("partitions")),
                    Long.parseLong(values.get("origin")),
                    values.containsKey(OLDER_STORED), // commits of before these keys have none
                    values.containsKey(EARLIER_EPOCHS),
                    Long.parseLong(values.getOrDefault(RUN, "0")),
                    Set.of(values.get("sinks").split(",", -1))));
        } catch (IllegalArgumentException e) { // no number, or a sink named twice
            return Optional.empty();
        }
    }
}
