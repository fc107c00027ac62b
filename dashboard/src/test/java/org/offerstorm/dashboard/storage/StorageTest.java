package org.offerstorm.dashboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.live.Connection;
import org.offerstorm.dashboard.storage.StoreView.State;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.tools.config.ConfigLoader;

/** What the reader of the table knows of Redis, between two questions to it. */
class StorageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Connection UP = new Connection(true, 1, "");

    @TempDir
    Path directory;

    @Test
    void redis_is_away_as_soon_as_the_reader_of_the_table_gets_no_answer_and_back_with_it() throws IOException {
        AtomicReference<Connection> link = new AtomicReference<>(UP);
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
                Storage storage = Storage.start(
                        config(redis), Duration.ofDays(1), new Day(), InstantSource.system(), link::get)) {
            await().atMost(PATIENCE).until(() -> redis(storage).state() == State.KNOWN);
            StoreView known = redis(storage);

            link.set(new Connection(false, 4_711, "Redis does not answer"));
            StoreView away = redis(storage);
            link.set(UP);
            StoreView back = redis(storage);

            assertThat(away.state()).isEqualTo(State.UNKNOWN);
            assertThat(away.since()).isEqualTo(4_711);
            assertThat(away.reason()).isNotBlank();
            assertThat(away.statistics()).isEqualTo(known.statistics());
            assertThat(away.bytes()).isEmpty();
            assertThat(back).isEqualTo(known);
        }
    }

    private static OfferstormConfig config(EmbeddedRedis redis) throws IOException {
        String nowhere = "127.0.0.1:" + FreePorts.one();
        return ConfigLoader.load(
                null, Map.of("source.bootstrap-servers", nowhere, "sinks", "redis", "redis.uri", redis.uri()));
    }

    private static StoreView redis(Storage storage) {
        return storage.stores().stream()
                .filter(store -> store.name().equals("redis"))
                .findFirst()
                .orElseThrow();
    }
}
