package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.storm.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.report.CountTable;

/** The topology in a LocalCluster over real Kafka, Redis, Solr, HDFS and, in the first test, PostgreSQL. */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // each of its waits has its own limit
class PipelineTest {
    /** Tuples go through Kryo between all tasks, as they do between the workers of a cluster. */
    private static final Map<String, Object> SERIALIZE = Map.of(Config.TOPOLOGY_TESTING_ALWAYS_TRY_SERIALIZE, true);

    @TempDir
    private Path temp;

    @Test
    void samples_give_their_table_in_all_stores_and_the_same_one_when_they_are_produced_again() throws Exception {
        Path samples = Runs.ROOT.resolve("test-data/offers.ndjson");
        CountTable expected = Runs.expected(Runs.ROOT.resolve("test-data/expected-counts.csv"));

        Runs.Outcome first = Runs.run(temp, samples, Runs.WITH_POSTGRES, SERIALIZE);
        assertIs(first, expected);
        assertThat(first.metrics().sum("offerstorm_spout_records_total")).isEqualTo(first.recordsInTopic());
        assertThat(first.metrics().letters()).isEqualTo(first.stores().letters());
        assertIs(Runs.run(temp, samples, Runs.WITH_POSTGRES, SERIALIZE), expected);
    }

    private static void assertIs(Runs.Outcome outcome, CountTable expected) {
        outcome.assertIs(expected);
        assertThat(outcome.stores().comparison().tables()).containsKeys("HDFS", "Solr", "Redis", "PostgreSQL");
    }

    /** Another header, another delimiter and number format, categories of the data set's. */
    @Test
    void a_file_of_another_form_gives_its_table_in_all_stores() throws Exception {
        StringBuilder csv = new StringBuilder("Réf;Intitulé;Secteur;Lat;Lon;Compétences\r\n");
        for (int i = 0; i < 120; i++) {
            csv.append(i)
                    .append(";Poste ")
                    .append(i)
                    .append(i % 3 == 0 ? ";Santé" : i % 3 == 1 ? "; Sante\u0301 " : ";Jardin");
            csv.append(i % 2 == 0 ? ";48,85;2,35" : ";;")
                    .append(i == 7 ? ";" : ";Java")
                    .append("\r\n");
        }
        csv.append("120;Poste 120;Santé;cent;2,35;\r\n"); // refused
        Path file = Files.writeString(temp.resolve("offres.csv"), csv);
        Mapping mapping = MappingFile.parse("""
                offer:
                  id: Réf
                  name: Intitulé
                  category: Secteur
                  office_latitude: {from: Lat, as: "decimal ,"}
                  office_longitude: {from: Lon, as: "decimal ,"}
                fields:
                  skills: {from: Compétences, type: keywords, facet: true}
                categories: [Santé]
                """, "mapping");

        Runs.Outcome outcome = Runs.run(temp.resolve("data"), file, mapping, SERIALIZE);

        outcome.assertIs(CountTable.of(Map.of(
                Cell.of("Santé", Continent.EU), 40L,
                Cell.of("Santé", Continent.UNKNOWN), 40L,
                Cell.of(Cell.OTHER, Continent.EU), 20L,
                Cell.of(Cell.OTHER, Continent.UNKNOWN), 20L)));
        assertThat(outcome.stores().letters()).isEqualTo(Map.of("parse bad_type", 1L));
    }
}
