package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedRedis;
import redis.clients.jedis.Jedis;

/** What is written for programs, on a machine whose language has other digits. */
class LocaleTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    private Path temp;

    @BeforeEach
    void speakPersian() {
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        assertThat(String.format("%d", 7)).isEqualTo("\u06f7");
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void settings_of_the_servers_have_the_digits_0_to_9() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temp.resolve("cluster"));
        Blueprint blueprint = Blueprint.of(directory, 2);
        for (Server server : blueprint.servers()) {
            if (!server.name().startsWith(StormDaemons.NIMBUS) && !server.name().startsWith(StormDaemons.SUPERVISOR)) {
                server.preparation().run(); // Storm's needs the whole build
            }
        }

        assertThat(Files.readString(directory.resolve("conf/redis.conf"))).containsPattern("(?m)^port [0-9]+$");
        try (Stream<Path> files = Files.walk(directory.root())) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(conf|properties|xml|cfg|yaml)|.*/ports"))
                            .map(LocaleTest::read))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(text -> assertThat(text).doesNotContainPattern("[\\p{Nd}&&[^0-9]]"));
        }
    }

    @Test
    void redis_starts() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(temp.resolve("redis"), 0);
                Jedis jedis = new Jedis(redis.uri())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
