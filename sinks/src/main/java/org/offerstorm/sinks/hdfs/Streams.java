package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.sink.StoreLoss;

/** The generations of a directory's stream: one file each, never changed; the highest is in force. */
final class Streams {
    private final LogFiles files;
    private final Layout layout;

    Streams(LogFiles files, Layout layout) {
        this.files = files;
        this.layout = layout;
    }

    /** The highest generation, or 0 if the directory is new. */
    int latest() throws IOException {
        int latest = 0;
        for (LogFiles.Entry entry : files.list(layout.streams())) {
            latest = Math.max(latest, Layout.generationOf(entry.name()).orElse(0));
        }
        return latest;
    }

    /**
     * The stream in force; null if the directory is new.
     *
     * @throws WrongStream if it was stored in another format
     */
    StreamIdentity stored() throws IOException, WrongStream {
        int latest = latest();
        return latest == 0 ? null : read(latest);
    }

    /**
     * The generation that {@code wanted} writes in; makes it if the directory is new, the number of slots has changed or
     * the epoch was raised.
     *
     * @param acked what the stream has acked, and the directory must hold
     * @throws WrongStream if the directory belongs to another stream, or holds less
     */
    int enter(StreamIdentity wanted, Acked acked) throws IOException, WrongStream {
        while (true) {
            int latest = latest();
            StreamIdentity stored = latest == 0 ? null : read(latest);
            checkHolds(wanted, acked, stored == null ? 0 : stored.epoch());
            if (stored != null) {
                if (stored.equals(wanted)) {
                    return latest;
                }
                wanted.checkContinues(stored, layout.root().toString());
            }
            files.makeDirectory(layout.streams());
            if (Texts.publish(files, layout, layout.stream(latest + 1), wanted.encode())) {
                return latest + 1;
            }
            // Another task was first: look at what it stored.
        }
    }

    private void checkHolds(StreamIdentity wanted, Acked acked, int epoch) throws WrongStream {
        if (acked.isMissingFrom(epoch, wanted.epoch())) {
            throw new WrongStream(StoreLoss.message(
                    layout.root().toString(),
                    epoch,
                    wanted.epoch(),
                    acked,
                    "the directory is new, or came back older; name the right one as hdfs.directory"));
        }
    }

    /**
     * What a generation was.
     *
     * @throws WrongStream if it was stored in another format
     */
    StreamIdentity read(int generation) throws IOException, WrongStream {
        String where = layout.stream(generation).toString();
        return StreamIdentity.decode(Texts.read(files, layout.stream(generation)), where);
    }
}
