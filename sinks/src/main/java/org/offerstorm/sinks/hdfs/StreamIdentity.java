package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Properties;
import org.offerstorm.core.model.ChunkHeader;

/**
 * Whose records a directory holds.
 *
 * @param group consumer group: its offsets say where the stream is in the log
 * @param slots number of spout tasks: which slot a partition's records come from
 */
record StreamIdentity(String group, String topic, String topicId, int epoch, int partitions, int slots) {
    /** Version of the layout and of the files' metadata. */
    private static final int FORMAT = 1;

    static StreamIdentity of(String group, ChunkHeader header) {
        return new StreamIdentity(
                group,
                header.source().topic(),
                header.source().topicId(),
                header.source().epoch(),
                header.source().partitions(),
                header.slots());
    }

    /** The same stream, read by another number of spout tasks. */
    StreamIdentity withSlots(int number) {
        return new StreamIdentity(group, topic, topicId, epoch, partitions, number);
    }

    /**
     * Checks that this stream may continue where {@code stored} wrote, perhaps as a new generation (another number of
     * slots, or a raised epoch).
     *
     * @throws WrongStream if not
     */
    void checkContinues(StreamIdentity stored, String where) throws WrongStream {
        if (!group.equals(stored.group)) {
            throw new WrongStream(where + " was written by consumer group '" + stored.group + "', this stream is '"
                    + group + "'; give each group its own hdfs.directory");
        }
        if (epoch < stored.epoch) {
            throw new WrongStream(where + " holds topic " + stored.topic + " at epoch " + stored.epoch
                    + ", the stream reads " + topic + " at epoch " + epoch + "; set source.epoch to " + stored.epoch
                    + ", or stop this older topology");
        }
        if (epoch > stored.epoch) {
            return;
        }
        if (!topic.equals(stored.topic) || !topicId.equals(stored.topicId)) {
            throw new WrongStream(where + " holds topic " + stored.topic + " (id " + stored.topicId
                    + "), the stream reads "
                    + topic + " (id " + topicId + "); if the topic was re-created, drain and raise source.epoch above "
                    + epoch);
        }
        if (partitions != stored.partitions) {
            throw new WrongStream(
                    where + " holds topic " + topic + " with " + stored.partitions + " partitions, it now has "
                            + partitions + "; keys have moved: copy the offers to a new topic and raise source.epoch");
        }
    }

    String encode() {
        return "format=" + FORMAT
                + "\ngroup=" + escape(group)
                + "\ntopic=" + escape(topic)
                + "\ntopicId=" + escape(topicId)
                + "\nepoch=" + epoch
                + "\npartitions=" + partitions
                + "\nslots=" + slots
                + "\n";
    }

    /** @throws WrongStream if the text is of another format */
    static StreamIdentity decode(String text, String where) throws WrongStream {
        Properties values = new Properties();
        try {
            values.load(new StringReader(text));
            if (Integer.parseInt(values.getProperty("format")) == FORMAT) {
                return new StreamIdentity(
                        values.getProperty("group"),
                        values.getProperty("topic"),
                        values.getProperty("topicId"),
                        Integer.parseInt(values.getProperty("epoch")),
                        Integer.parseInt(values.getProperty("partitions")),
                        Integer.parseInt(values.getProperty("slots")));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongStream(
                    where + " is not readable (" + e.getMessage() + "); restore it, or use a new directory");
        }
        throw new WrongStream(where + " has format " + values.getProperty("format") + ", this version writes " + FORMAT
                + "; use the version that wrote it, or a new directory");
    }

    /** As java.util.Properties reads it; group names may hold any character. */
    private static String escape(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((Character.isLetterOrDigit(c) && c < 128) || c == '-' || c == '_' || c == '.') {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return text.toString();
    }
}
