package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;

/** Takes slots: an attempt owns a slot from its claim on until a higher claim exists. */
final class Claims {
    private static final String GENERATION = " generation=";

    private final LogFiles files;
    private final Layout layout;
    private final int slot;
    /** How this writer's claims begin: after an unanswered call it shows whether the claim is this writer's. */
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
     * @param generation in which the attempt will write
     * @return number of the attempt
     * @throws Superseded if another writer claimed it after {@code held}, or at the same time
     */
    int take(int held, int generation) throws IOException, Superseded {
        files.makeDirectory(layout.open(slot));
        int highest = highest();
        if (held > 0 && highest > held && !isOwn(highest)) {
            throw superseded(highest);
        }
        int attempt = highest + 1;
        if (!Texts.publish(files, layout, layout.claim(slot, attempt), owner + GENERATION + generation)
                && !isOwn(attempt)) {
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

    /** The generation of an attempt of any slot; 0 if its claim is gone, or of a version that did not say. */
    static int generationOf(LogFiles files, Layout layout, int slot, int attempt) throws IOException {
        try {
            String text = Texts.read(files, layout.claim(slot, attempt));
            int at = text.lastIndexOf(GENERATION);
            return at < 0 ? 0 : Integer.parseInt(text.substring(at + GENERATION.length()));
        } catch (FileNotFoundException e) {
            return 0;
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
        return Texts.read(files, layout.claim(slot, attempt)).startsWith(owner);
    }

    private Superseded superseded(int attempt) throws IOException {
        return new Superseded(
                "slot " + slot + " was claimed by another writer (" + layout.claim(slot, attempt)
                        + "); this one holds and writes nothing more. If no other topology and no other"
                        + " worker writes there, end this worker by its pid, which 'status' shows: its successor claims the slot again");
    }
}
