package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;

class FirstRecordsTest {
    private static final String NO_ID = "{\"title\":\"Cook\"}\n";

    @TempDir
    private Path directory;

    @Test
    void a_file_without_records_is_refused() throws IOException {
        for (String text :
                new String[] {"", "\n\n", "profession_id,contract_type,name,office_latitude,office_longitude\n"}) {
            refused(file("offers.any", text), SourceConfig.NO_MAPPING, "offers.any has no records");
        }
        refused(Path.of("/dev/null"), SourceConfig.NO_MAPPING, "/dev/null has no records");
        refused(Path.of("/dev/null"), SourceConfig.COMMON_MAPPING, "/dev/null has no records");
        refused(file("offers.json", "[]"), SourceConfig.COMMON_MAPPING, "offers.json has no records");
        refused(file("offers.csv", "id,name\n"), SourceConfig.COMMON_MAPPING, "offers.csv has no records");
    }

    @Test
    void a_mapping_that_fits_no_record_is_refused_with_the_first_reason() throws IOException {
        Path file = file("offers.ndjson", NO_ID + "{\"id\":\"a\"}\n");
        refused(
                file,
                SourceConfig.COMMON_MAPPING,
                "the mapping common finds no offer or deletion in its 2 records; line 1: no id: ",
                "Run ./offerstorm inspect " + file);
        refused(
                file("offers.csv", "id,nmae\n1,Cook\n"),
                SourceConfig.COMMON_MAPPING,
                "no offer or deletion in its 1 record; ",
                "line 2: missing_field, ");
        refused(
                file("offers.ndjson", NO_ID.repeat(1_000) + "{\"id\":\"a\",\"name\":\"Cook\"}\n"),
                SourceConfig.COMMON_MAPPING,
                "no offer or deletion in the first 1,000 records; ");
    }

    @Test
    void one_offer_or_deletion_among_the_first_is_enough() throws IOException {
        Path file = file("offers.ndjson", NO_ID.repeat(999) + "{\"id\":\"a\",\"name\":\"Cook\"}\n");
        FirstRecords.require(file, SourceConfig.COMMON_MAPPING);

        Path mapping = file("m.yaml", "offer: {id: id, name: name}\ndeletion: {at: gone, equals: [\"yes\"]}\n");
        FirstRecords.require(file("offers.ndjson", "{\"id\":\"a\",\"gone\":\"yes\"}\n"), mapping.toString());

        FirstRecords.require(Runs.ROOT.resolve("test-data/offers.ndjson"), SourceConfig.NO_MAPPING);
    }

    @Test
    void what_is_no_text_with_records_is_refused_for_what_it_is() throws IOException {
        refused(file("offers.json", "%PDF-1.7\n"), SourceConfig.COMMON_MAPPING, "offers.json is", "PDF");
        refused(file("offers.json", "[]"), file("m.yaml", "offer: {}\n").toString(), "m.yaml");
    }

    /** Opened, it would wait for a writer, and what it gave would be gone. */
    @Test
    void a_pipe_is_left_alone() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        FirstRecords.require(pipe, SourceConfig.COMMON_MAPPING);
    }

    private static void refused(Path file, String mapping, String... parts) {
        assertThatThrownBy(() -> FirstRecords.require(file, mapping))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(parts)
                .satisfies(failure -> assertThat(((Failure) failure).exitCode()).isEqualTo(Failure.USAGE));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
