package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as MIT's KDC, Java and Hadoop 3.5 write them, and what is made of them. */
class KerberosAdviceTest {
    private static final HdfsIdentity WHO = new HdfsIdentity("offers@EXAMPLE.ORG", "/etc/offers.keytab", "none");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Client not found in Kerberos database (6) - CLIENT_NOT_FOUND | the KDC does not know offers@EXAMPLE.ORG
            Pre-authentication information was invalid (24) - PREAUTH_FAILED | the KDC does not take the key in /etc/offers.keytab
            Checksum failed                              | the KDC does not take the key in /etc/offers.keytab
            Client's entry in database has expired (1)   | offers@EXAMPLE.ORG has expired, or is locked
            Clients credentials have been revoked (18)   | offers@EXAMPLE.ORG has expired, or is locked
            Clock skew too great (37)                    | this machine's clock and the KDC's differ
            Cannot locate default realm                  | /etc/krb5.conf names no KDC of the realm EXAMPLE.ORG
            Generic error (60) - Unable to locate KDC for realm X | /etc/krb5.conf names no KDC of the realm EXAMPLE.ORG
            KDC has no support for encryption type (14)  | have no type of encryption in common
            something new                                | cannot log in as offers@EXAMPLE.ORG: something new
            """)
    void explainsALogin(String said, String meaning) {
        KerberosFailure failure = KerberosAdvice.ofLogin(WHO, "/etc/krb5.conf", new LoginException(said));
        assertThat(failure.what()).contains(meaning).contains(said);
        assertThat(failure.fix()).isNotBlank();
        assertThat(failure).hasMessage(failure.what() + "; " + failure.fix());
    }

    @Test
    void findsTheCauseOfALoginBelowOthers() {
        LoginException login = new LoginException("Connection refused");
        login.initCause(new ConnectException("Connection refused"));
        assertThat(KerberosAdvice.ofLogin(WHO, "/etc/krb5.conf", login))
                .hasMessage(
                        "no KDC of the realm EXAMPLE.ORG answers (Connection refused); start it, or correct its address"
                                + " below [realms] in /etc/krb5.conf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS] | the NameNode demands Kerberos
            Server asks us to fall back to SIMPLE auth, but this client is configured to only allow secure connections. | the NameNode has no Kerberos
            No common protection layer between client and server | demands another protection of RPC
            Server has invalid Kerberos principal: a/b@C, expecting: d/e@F | does not have the name that is expected
            Server not found in Kerberos database (7) | does not have the name that is expected
            No rules applied to offers@ELSEWHERE | Hadoop has no user's name
            No valid credentials provided (Mechanism level: Connection refused (Connection refused)) | no KDC answers
            Failed to find any Kerberos tgt | the ticket has ended
            """)
    void explainsARefusalOfTheNameNode(String said, String meaning) {
        IOException refusal =
                new IOException("DestHost:destPort nn:8020. Failed on local exception", new IOException(said));
        assertThat(KerberosAdvice.of(refusal).orElseThrow().what())
                .contains(meaning)
                .contains(said.strip());
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(KerberosAdvice.of(new FileNotFoundException("/offerstorm/offers")))
                .isEmpty();
        assertThat(KerberosAdvice.of(new ConnectException("Connection refused")))
                .isEmpty();
    }
}
