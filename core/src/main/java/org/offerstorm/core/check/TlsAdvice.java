package org.offerstorm.core.check;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What to do about a TLS connection that one of the two sides refused. */
public final class TlsAdvice {
    /** Alerts about our certificate. Servers in Java call one of an authority that they do not trust unknown, others its authority. */
    private static final Pattern REFUSES_CLIENT = Pattern.compile(
            "certificate_required|bad_certificate|Received fatal alert: (certificate_unknown|unknown_ca|unsupported_certificate)");

    private TlsAdvice() {}

    /**
     * One clause for people; null if it is not TLS that failed.
     *
     * @param option the option that names the server, {@code redis.uri}
     * @param plain what to write if the server there does not speak TLS: {@code write redis:// in place of rediss://}
     */
    public static String of(Throwable error, String option, String plain) {
        boolean isTls = false;
        StringBuilder messages = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
                return "its certificate is not valid today; renew it, or correct the clock of this machine";
            }
            isTls |= t instanceof SSLException;
            messages.append(t.getMessage()).append('\n');
        }
        String text = messages.toString();
        return isTls || text.contains("PKIX") ? ofText(text, option, plain) : null;
    }

    private static String ofText(String text, String option, String plain) {
        if (text.contains("No subject alternative") || text.contains("No name matching")) {
            return "its certificate is for another host, so it was sent nothing; write in " + option
                    + " a name or address that the certificate contains, or give the server a certificate for this one";
        }
        if (text.contains("trustAnchors")) {
            return "the trust store that -Djavax.net.ssl.trustStore names is empty or missing; correct it";
        }
        if (text.contains("PKIX") || text.contains("certification path")) {
            return "the authority of its certificate is not trusted; put the authority's certificate into a file, and name"
                    + " that as trust-store in security.tls";
        }
        if (text.contains("certificate_expired")) {
            return "the client's certificate has expired; renew the file that key-store in security.tls names";
        }
        if (REFUSES_CLIENT.matcher(text).find()) {
            return "it requires a client certificate, and takes no other authority's; name the file with key and"
                    + " certificate as key-store in security.tls";
        }
        if (text.contains("SSL message") || text.contains("plaintext connection")) {
            return "the server there does not speak TLS; without TLS " + plain;
        }
        if (text.contains("terminated the handshake")) {
            return "it closed the connection during the handshake; if it does not speak TLS " + plain
                    + ", otherwise its log says why";
        }
        return "the two sides do not agree on TLS; see which versions and ciphers the server permits, and its log";
    }
}
