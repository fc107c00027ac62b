package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.tools.mapping.MappingFile;

class ProposedMappingTest {
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void files_in_our_form_need_none() throws IOException {
        assertThat(isNeeded(Runs.ROOT.resolve("test-data/offers.ndjson"))).isFalse();
        assertThat(isNeeded(file("profession_id,contract_type,name,office_latitude,office_longitude\n7,C,Chef,48,2\n")))
                .isFalse();
        assertThat(isNeeded(file("{\"id\":1,\"nmae\":\"x\"}\n{\"id\":\"a\",\"name\":\"n\"}\n")))
                .isFalse();
        assertThat(isNeeded(file(""))).isFalse();
        assertThat(lines).isEmpty();
        assertThat(directory.resolve("kept")).doesNotExist();
    }

    @Test
    void another_form_gets_a_proposal_which_stays_for_a_person_to_edit() throws IOException {
        Path file = file("Ref;Job title;Town\n" + "1;Cook;Ghent\n2;Baker;Bruges\n3;Cook;Ghent\n");

        assertThat(isNeeded(file)).isTrue();
        Path kept = directory.resolve("kept/offers.mapping.yaml");
        Mapping mapping = MappingFile.read(kept);
        assertThat(mapping.offer()).containsKeys(StandardField.ID, StandardField.NAME);
        assertThat(lines).hasSize(2).first().asString().contains("is not in Offerstorm's form", kept.toString());

        Files.writeString(kept, "offer: {name: Job title}\n");
        lines.clear();
        assertThat(isNeeded(file)).isTrue();
        assertThat(kept).hasContent("offer: {name: Job title}\n");
        assertThat(lines).singleElement().asString().contains("the mapping of an earlier run", kept.toString());
    }

    @Test
    void arrays_and_ndjson_of_other_names_get_one_too() throws IOException {
        for (String text : List.of(
                "[{\"ref\":\"a\",\"title\":\"Cook\"},{\"ref\":\"b\",\"title\":\"Baker\"}]",
                "{\"ref\":\"a\",\"title\":\"Cook\"}\n{\"ref\":\"b\",\"title\":\"Baker\"}\n")) {
            Files.deleteIfExists(directory.resolve("kept/offers.mapping.yaml"));
            assertThat(isNeeded(file(text))).isTrue();
        }
    }

    @Test
    void what_holds_no_offers_is_refused_and_leaves_nothing() {
        for (String text : List.of("[1,2,3]", "{\"n\":1}\n", "%PDF-1.7\n", "PK\u0003\u0004")) {
            assertThatThrownBy(() -> isNeeded(file(text)))
                    .isInstanceOf(Failure.class)
                    .satisfies(failure ->
                            assertThat(((Failure) failure).exitCode()).isEqualTo(Failure.USAGE));
        }
        assertThat(directory.resolve("kept")).doesNotExist();
    }

    private boolean isNeeded(Path file) throws IOException {
        return ProposedMapping.isNeeded(file, directory.resolve("kept/offers.mapping.yaml"), lines::add);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("offers.any"), text);
    }
}
