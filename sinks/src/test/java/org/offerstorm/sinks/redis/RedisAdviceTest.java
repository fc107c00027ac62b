package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Answers as real servers gave them. */
class RedisAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "WRONGPASS invalid username-password pair or user is disabled., user or password is wrong",
        "NOAUTH Authentication required., requires a password",
        "ERR DB index is out of range, no such database",
        "Unknown reply: <, is not Redis",
        "Unexpected end of stream., TLS",
        "java.net.SocketTimeoutException: Read timed out, TLS",
    })
    void says_what_to_do_about_a_server_that_answers_otherwise(String answer, String advice) {
        assertThat(RedisAdvice.of(new IOException("redis h:1", new JedisConnectionException(answer))))
                .contains(advice);
    }

    @Test
    void says_what_to_do_where_tls_fails() {
        assertThat(RedisAdvice.of(
                        new JedisConnectionException(new SSLException("Unsupported or unrecognized SSL message"))))
                .contains("redis:// in place of rediss://");
        assertThat(RedisAdvice.of(new JedisConnectionException(new SSLException("PKIX path building failed"))))
                .contains("trust-store in security.tls");
    }

    @Test
    void has_nothing_to_say_about_a_server_that_is_not_there() {
        assertThat(RedisAdvice.of(new JedisConnectionException("Failed to connect to 127.0.0.1:1.")))
                .isNull();
    }
}
