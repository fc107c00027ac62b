package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.lake.batch.RandomLog.Version;
import org.offerstorm.lake.restore.VerifiedBase;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.OfferBase;
import org.offerstorm.sinks.hdfs.OfferRow;
import org.offerstorm.sinks.hdfs.StagedLog;

/** What is left of records that are going to be deleted. */
class VerifiedBaseTest {
    private static final String DIRECTORY = "/base";

    @TempDir
    private static Path directory;

    private final RandomLog log = new RandomLog(40, 12);
    private final LakeSession lake = Lakes.create();
    private final RandomLog.Memory staging = log.new Memory(lake.spark());

    @Test
    void it_holds_the_newest_version_of_each_offer_as_of_what_was_verified() throws Exception {
        OffsetVector verified = log.cut(log.size() * 5 / 6, new Random(7));
        run(verified);
        LakeTable history = LakeTables.open(lake, Lakes.GROUP).history();
        history.verified(history.offsets());
        run(log.end());
        StagedLog.Stream stream = new StagedLog.Stream(Lakes.GROUP, "offers", "id", 2, 3);

        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory, 0)) {
            HdfsConfig config = new HdfsConfig(hdfs.uri(), "/", 1 << 27, Duration.ofMinutes(10), Map.of());
            long snapshot = history.snapshotOf(history.verified()).orElseThrow();
            long offers = new VerifiedBase(lake.spark(), snapshot).write(stream, verified, config, DIRECTORY);

            List<Version> must = log.fold(verified).stream()
                    .filter(version -> version.to() == null)
                    .toList();
            List<OfferRow> rows = new ArrayList<>();
            try (OfferBase base = OfferBase.open(config, DIRECTORY)) {
                assertThat(base.cut()).isEqualTo(new OfferBase.Cut("id", 2, verified.next(), offers));
                base.forEach(rows::add);
                assertThat(base.row(offers - 1)).isEqualTo(rows.get(rows.size() - 1));
                assertThat(base.row(0)).isEqualTo(rows.get(0));
            }
            rows.sort((one, other) -> one.id().compareTo(other.id()));
            assertThat(rows).extracting(OfferRow::id).containsExactlyElementsOf(ids(must));
            assertThat(rows).extracting(OfferRow::epoch).contains(1, 2);
            for (int i = 0; i < rows.size(); i++) {
                OfferRow row = rows.get(i);
                Version version = must.get(i);
                assertThat(row.version()).isEqualTo(version.version());
                assertThat(row.deleted()).isEqualTo(!version.current());
                if (!row.deleted()) {
                    assertThat(row.cell().key()).isEqualTo(version.category() + "|" + version.continent());
                    assertThat(row.name()).isEqualTo(row.id() + "@" + row.offset());
                    assertThat(row.publishedAtMillis()).isEqualTo(row.timestampMillis() - 1);
                    assertThat(row.latitude()).isEqualTo(48.5);
                    assertThat(row.details().fields()).containsEntry("level", "L" + row.offset() % 3);
                }
                assertThat(Instant.ofEpochMilli(row.timestampMillis())).isBeforeOrEqualTo(version.from());
            }
        }
        assertThat(history.snapshotOf(OffsetVector.decode("2;0:1"))).isEmpty();
    }

    private static List<String> ids(List<Version> versions) {
        return versions.stream().map(Version::id).toList();
    }

    private void run(OffsetVector cut) throws Exception {
        new BatchRun(lake, staging.to(cut), Lakes.GROUP, RunProgress.NONE).run();
    }
}
