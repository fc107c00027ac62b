package org.offerstorm.sinks.hdfs;

import java.io.IOException;

/** Takes slots: an attempt owns a slot from its claim on until a higher claim exists. */
final class Claims {
    private final LogFiles files;
    private final Layout layout;
    private final int slot;
    /** Text of this writer's claims: after an unanswered call it shows whether the claim is this writer's. */
    private final String owner;

    Claims(LogFiles files, Layout layout, int slot, String owner) {
        this.files = files;
        this.layout = layout;
        this.slot = slot;
        this.owner = owner;
    }

    /**
     * Claims the slot above every other claim and makes the attempt's directory.
     *
     * @param held this writer's last claim, 0 if it never had one
     * @return number of the attempt
     * @throws Superseded if another writer claimed it after {@code held}, or at the same time
     */
    int take(int held) throws IOException, Superseded {
        files.makeDirectory(layout.open(slot));
        int highest = highest();
        if (held > 0 && highest > held && !isOwn(highest)) {
            throw superseded(highest);
        }
        int attempt = highest + 1;
        if (!Texts.publish(files, layout, layout.claim(slot, attempt), owner) && !isOwn(attempt)) {
            throw superseded(attempt);
        }
        files.makeDirectory(layout.attempt(slot, attempt));
        check(attempt);
        return attempt;
    }

    /** @throws Superseded if a claim above {@code attempt} exists */
    void check(int attempt) throws IOException, Superseded {
        int highest = highest();
        if (highest > attempt) {
            throw superseded(highest);
        }
    }

    /** Deletes claims that a higher one has made void. */
    void deleteBelow(int attempt) throws IOException {
        for (LogFiles.Entry entry : files.list(layout.open(slot))) {
            if (Layout.claimed(entry.name()).orElse(attempt) < attempt) {
                files.delete(entry.path());
            }
        }
    }

    private int highest() throws IOException {
        int highest = 0;
        for (LogFiles.Entry entry : files.list(layout.open(slot))) {
            highest = Math.max(highest, Layout.claimed(entry.name()).orElse(0));
        }
        return highest;
    }

    private boolean isOwn(int attempt) throws IOException {
        return Texts.read(files, layout.claim(slot, attempt)).equals(owner);
    }

    private Superseded superseded(int attempt) throws IOException {
        return new Superseded(
                "slot " + slot + " was claimed by another writer (" + layout.claim(slot, attempt)
                        + "); this one holds and writes nothing more. If no other topology and no other"
                        + " worker writes there, end this worker by its pid, which 'status' shows: its successor claims the slot again");
    }
}
