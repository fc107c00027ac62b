package org.offerstorm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMetadataTest {
    @Test
    void is_read_as_it_was_written() {
        CommitMetadata metadata = new CommitMetadata(
                "xY_-7Q", 3, 12, 4_000_000_000L, true, true, 1_780_000_000_000L, Set.of("hdfs", "solr", "redis"));

        assertThat(metadata.encode())
                .isEqualTo("offerstorm/1 topic-id=xY_-7Q epoch=3 partitions=12 origin=4000000000 older-stored=yes"
                        + " earlier-epochs=yes run=1780000000000 sinks=hdfs,redis,solr");
        assertThat(CommitMetadata.parse(metadata.encode())).contains(metadata);
    }

    @Test
    void a_commit_of_an_earlier_version_is_read() {
        String text = "offerstorm/1 topic-id=a epoch=1 partitions=2 origin=0 sinks=redis";

        assertThat(CommitMetadata.parse(text))
                .contains(new CommitMetadata("a", 1, 2, 0, false, false, 0, Set.of("redis")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "{\"topologyId\":\"t\"}",
                "offerstorm/1",
                "offerstorm/1 topic-id=a epoch=1 partitions=2 origin=0",
                "offerstorm/1 topic-id=a epoch=one partitions=2 origin=0 sinks=redis",
                "offerstorm/1 topic-id=a epoch=1 partitions=2 origin=0 sinks=redis,redis",
                "offerstorm/2 topic-id=a epoch=1 partitions=2 origin=0 sinks=redis"
            })
    void any_other_text_is_another_tools(String text) {
        assertThat(CommitMetadata.parse(text)).isEmpty();
    }
}
