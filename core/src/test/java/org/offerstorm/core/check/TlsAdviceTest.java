package org.offerstorm.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as Java 17 and servers gave them. */
class TlsAdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No subject alternative DNS name matching localhost found. | write in solr.url a name",
                "No subject alternative names matching IP address 127.0.0.1 found | write in solr.url a name",
                "No name matching localhost found | write in solr.url a name",
                "PKIX path building failed: unable to find valid certification path to requested target | trust-store in security.tls",
                "Unexpected error: InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty"
                        + " | empty or missing",
                "Received fatal alert: certificate_required | requires a client certificate",
                "Received fatal alert: certificate_expired | certificate has expired; renew",
                "Received fatal alert: bad_certificate | requires a client certificate",
                "Received fatal alert: certificate_unknown | takes no other authority's",
                "Received fatal alert: unknown_ca | takes no other authority's",
                "Unsupported or unrecognized SSL message | without TLS write http://",
                "Remote host terminated the handshake | if it does not speak TLS write http://",
                "Received fatal alert: protocol_version | versions and ciphers",
            })
    void says_what_to_do(String message, String advice) {
        IOException error = new IOException("h:1", new SSLHandshakeException(message));
        assertThat(TlsAdvice.of(error, "solr.url", "write http://")).contains(advice);
    }

    @Test
    void a_certificate_that_has_expired_is_to_be_renewed() {
        SSLException error = new SSLException(
                "PKIX path validation failed: validity check failed",
                new CertificateExpiredException("NotAfter: Sat Jan 01 00:00:00 UTC 2000"));
        assertThat(TlsAdvice.of(error, "redis.uri", "write redis://"))
                .contains("renew")
                .doesNotContain("trust store");
    }

    @Test
    void has_nothing_to_say_about_other_errors() {
        assertThat(TlsAdvice.of(new IOException("Connection refused"), "redis.uri", "x"))
                .isNull();
    }
}
