package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.inspect.DataSample;
import org.offerstorm.tools.inspect.Detection;
import org.offerstorm.tools.inspect.Inspection;

/**
 * The mapping of a file whose records are not offers as docs/input.md has them: proposed once, and kept next to the demo's
 * data, where a person can edit it. What a person wrote there is never overwritten.
 */
public final class ProposedMapping {
    private static final int SAMPLE = 5_000;

    private ProposedMapping() {}

    /**
     * The mapping that a demo of the file needs.
     *
     * @param offers a regular file, which can be read more than once
     * @param mapping where the mapping is kept
     * @param lines gets what a person must know
     * @return whether it needs one, which is there then
     * @throws Failure if none can be proposed
     */
    public static boolean isNeeded(Path offers, Path mapping, Consumer<String> lines) throws IOException {
        if (OwnForm.is(offers)) {
            return false;
        }
        if (Files.exists(mapping)) {
            lines.accept(offers.getFileName() + " is read by the mapping of an earlier run, " + mapping
                    + "; edit it, or delete it for a new proposal.");
            return true;
        }
        Inspection inspection = inspect(offers);
        if (inspection.mapping() == null) {
            throw Failure.usage(offers + " has no offers in Offerstorm's form, and no text that could be their names;"
                    + " './offerstorm inspect " + offers
                    + "' shows its fields. Write a mapping, and name it with --mapping");
        }
        Files.createDirectories(mapping.toAbsolutePath().getParent());
        Files.writeString(mapping, inspection.mappingText());
        lines.accept(offers.getFileName() + " is not in Offerstorm's form. A mapping was proposed for it: " + mapping);
        lines.accept("Read it; edit it and run the same command again if a field should become something else.");
        return true;
    }

    private static Inspection inspect(Path offers) {
        try {
            Detection detection = Detection.of(offers);
            DataSample sample = DataSample.of(offers, detection, SAMPLE);
            if (sample.records().isEmpty() && sample.unreadableCount() == 0) {
                throw Failure.usage(offers + " has no records");
            }
            return Inspection.ofFile(sample, offers.toString(), detection.layout());
        } catch (IOException e) {
            throw Failure.usage(e.getMessage() == null ? offers + " cannot be read: " + e : e.getMessage());
        }
    }
}
