package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Java's, Hadoop's and MIT's messages about Kerberos mean, and what to do. Their texts are the only thing to go by. */
final class KerberosAdvice {
    private static final String NO_ANSWER = "no KDC of the realm %s answers";
    private static final String START_KDC = "start it, or correct its address below [realms] in %s";
    private static final String SYNC_CLOCKS = "let both machines take their time from NTP";

    private record Rule(Pattern said, String meaning, String fix) {
        static Rule of(String said, String meaning, String fix) {
            return new Rule(Pattern.compile(said), meaning, fix);
        }
    }

    private static final List<Rule> SERVER = List.of(
            Rule.of(
                    "SIMPLE authentication is not enabled",
                    "the NameNode demands Kerberos",
                    "set hdfs.principal and hdfs.keytab"),
            Rule.of(
                    "fall back to SIMPLE auth",
                    "the NameNode has no Kerberos, so it cannot prove who it is",
                    "correct hdfs.uri, switch Kerberos on there, or remove hdfs.principal"),
            Rule.of(
                    "No common protection layer",
                    "the NameNode demands another protection of RPC",
                    "set hadoop.rpc.protection in hdfs.properties as it is in the NameNode's core-site.xml"),
            Rule.of(
                    "Server not found in Kerberos database|invalid Kerberos principal|specify server's Kerberos"
                            + " principal",
                    "the NameNode does not have the name that is expected",
                    "correct dfs.namenode.kerberos.principal in hdfs.properties"),
            Rule.of(
                    "No rules applied to",
                    "Hadoop has no user's name for the principal",
                    "set hadoop.security.auth_to_local in hdfs.properties, or default_realm in krb5.conf"),
            Rule.of("Clock skew too great", "this machine's clock and the NameNode's differ too much", SYNC_CLOCKS),
            Rule.of(
                    "Failed to find any Kerberos tgt|Ticket expired|ticket has expired",
                    "the ticket has ended",
                    "see this process's log for why it was not renewed; it tries again by itself"),
            Rule.of(
                    "Integrity check on decrypted field failed|Specified version of key is not available"
                            + "|Checksum failed|Message stream modified",
                    "the NameNode does not take the KDC's ticket: its keytab is out of date",
                    "put a new keytab there and restart it"),
            Rule.of(
                    "Mechanism level: .*(refused|[Tt]imed out|[Uu]nreachable)",
                    "no KDC answers, so there is no ticket for the NameNode",
                    "start it, or correct its address in krb5.conf"));

    private KerberosAdvice() {}

    /** Why there is no ticket. */
    static KerberosFailure ofLogin(HdfsIdentity who, String krb5Conf, Throwable cause) {
        List<Rule> rules = List.of(
                Rule.of(
                        "Client not found in Kerberos database",
                        "the KDC does not know " + who.principal(),
                        "correct hdfs.principal, or make it there (kadmin: addprinc -randkey " + who.principal() + ")"),
                Rule.of(
                        "Pre-authentication information was invalid|Preauthentication failed|Checksum failed"
                                + "|Integrity check on decrypted field failed",
                        "the KDC does not take the key in " + who.keytab() + ": it was changed there",
                        "put a new keytab there (kadmin: ktadd); it is read at the next try"),
                Rule.of(
                        "Client's entry in database has expired|have been revoked|Password has expired",
                        who.principal() + " has expired, or is locked",
                        "have it renewed in the KDC (kadmin: modprinc)"),
                Rule.of(
                        "Clock skew too great",
                        "this machine's clock and the KDC's differ by more than Kerberos allows",
                        SYNC_CLOCKS),
                Rule.of(
                        "(Cannot|Unable to) (locate|find|get)",
                        krb5Conf + " names no KDC of the realm " + who.realm(),
                        "add it below [realms] there, or name another file in hdfs.krb5-conf"),
                Rule.of(
                        "refused|[Tt]imed out|Unreachable|unreachable|No route|UnknownHost",
                        String.format(Locale.ROOT, NO_ANSWER, who.realm()),
                        String.format(Locale.ROOT, START_KDC, krb5Conf)),
                Rule.of(
                        "encryption type",
                        "the KDC and this Java have no type of encryption in common",
                        "make the keytab with aes256-cts-hmac-sha1-96 or aes256-cts-hmac-sha384-192"));
        return match(rules, cause)
                .orElseGet(() -> new KerberosFailure(
                        "cannot log in as " + who.principal() + ": " + last(cause), "see the KDC's log", cause));
    }

    /** No KDC answers, and nobody says why. */
    static KerberosFailure ofSilence(HdfsIdentity who, String krb5Conf) {
        return new KerberosFailure(
                String.format(Locale.ROOT, NO_ANSWER, who.realm()),
                String.format(Locale.ROOT, START_KDC, krb5Conf),
                null);
    }

    /** What a failure of a call to HDFS has to do with Kerberos; empty if nothing. */
    static Optional<KerberosFailure> of(Throwable cause) {
        return cause instanceof KerberosFailure known ? Optional.of(known) : match(SERVER, cause);
    }

    private static Optional<KerberosFailure> match(List<Rule> rules, Throwable cause) {
        List<String> texts = texts(cause);
        for (Rule rule : rules) {
            for (String text : texts) {
                if (rule.said().matcher(text).find()) {
                    return Optional.of(
                            new KerberosFailure(rule.meaning() + " (" + last(cause) + ")", rule.fix(), cause));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> texts(Throwable cause) {
        List<String> texts = new ArrayList<>();
        for (Throwable t = cause; t != null && texts.size() < 20; t = t.getCause()) {
            texts.add(String.valueOf(t));
        }
        return texts;
    }

    /** The first line of what was said first. */
    private static String last(Throwable cause) {
        Throwable first = cause;
        for (int i = 0; i < 20 && first.getCause() != null; i++) {
            first = first.getCause();
        }
        return first instanceof IOException e ? HdfsHealth.firstLine(e) : firstLine(first);
    }

    private static String firstLine(Throwable t) {
        return String.valueOf(t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
