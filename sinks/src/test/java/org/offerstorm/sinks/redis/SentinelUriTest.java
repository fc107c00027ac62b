package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

/** Addresses of Sentinels. */
class SentinelUriTest {
    private final RedisUriType type = new RedisUriType();

    @Test
    void user_password_sentinels_name_and_database_are_read() {
        assertThat(SentinelUri.parse("rediss-sentinel://ann:p%40ss@s1:26379,10.0.0.2:1,[::1]:2/my-master.1/3"))
                .isEqualTo(new SentinelUri(
                        true,
                        "ann",
                        "p@ss",
                        List.of(
                                new HostAndPort("s1", 26_379),
                                new HostAndPort("10.0.0.2", 1),
                                new HostAndPort("[::1]", 2)),
                        "my-master.1",
                        3));
        assertThat(SentinelUri.parse("redis-sentinel://h:1/m"))
                .isEqualTo(new SentinelUri(false, null, null, List.of(new HostAndPort("h", 1)), "m", 0));
        assertThat(SentinelUri.parse("redis-sentinel://:geheim@h:1/m").password())
                .isEqualTo("geheim");
    }

    @Test
    void it_is_shown_without_the_password() {
        assertThat(SentinelUri.parse("redis-sentinel://ann:geheim@a:1,b:2/m")).hasToString("m of a:1,b:2");
        assertThat(new RedisAddress(config("redis-sentinel://ann:${file:/x}@a:1,b:2/m/4")))
                .hasToString("m of a:1,b:2")
                .extracting(RedisAddress::database)
                .isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-sentinel://s1:26379,s2:26379,s3:26379/mymaster",
                "rediss-sentinel://ann:${file:/run/secrets/redis}@s1:26379/mymaster/0",
                "redis-sentinel://${env:SENTINELS}:26379/mymaster",
                "${file:/run/secrets/redis-uri}",
                "redis://h:1"
            })
    void these_are_addresses(String text) {
        assertThat(type.parse(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis-sentinel://h:1                              | does not name the master
            redis-sentinel://h/geheim                         | without a port
            redis-sentinel://h:99999/geheim                   | without a port
            redis-sentinel://h:1,,i:2/geheim                  | is not a URI
            redis-sentinel://h:1,a_b:2/geheim                 | names a Sentinel without host
            redis-sentinel://geheim@h:1/m                     | has a user without password
            redis-sentinel://u:ge#heim@h:1/m                  | is not the address of Sentinels
            redis-sentinel://u:geheim@h:1?sentinelMasterId=m  | names the master in a parameter
            redis+sentinel://u:geheim@h:1/m                   | is not the address of Sentinels
            """)
    void these_are_none_and_the_message_says_what_to_write_without_quoting(String text, String reason) {
        assertThatThrownBy(() -> type.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("write redis-sentinel://[user:password@]host:port,host:port,…/master[/database]")
                .hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-cluster://u:geheim@a:1,b:2", "rediss-cluster://a:1", "redis+cluster://a:1"})
    void a_cluster_is_named_as_not_supported_with_what_to_use_instead(String text) {
        assertThatThrownBy(() -> type.parse(text))
                .hasMessageContaining("Redis Cluster, which cannot be used")
                .hasMessageContaining("redis-sentinel://")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> new RedisAddress(config(text))).hasMessageContaining("redis.uri is the address of a");
    }

    private static RedisConfig config(String uri) {
        return new RedisConfig(uri, "t", 1, Duration.ofSeconds(1));
    }
}
