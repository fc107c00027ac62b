package org.offerstorm.sinks.hdfs;

import java.io.Serializable;

/**
 * As whom Kerberos knows this program, the same on each machine.
 *
 * @param principal {@code name@REALM} or {@code name/host@REALM}; {@link #NONE} without Kerberos
 * @param keytab file with its keys, on each machine; {@link #NONE} without Kerberos
 * @param krb5Conf file that names the realm's KDCs; {@link #NONE}: Java's default, {@code /etc/krb5.conf}
 */
public record HdfsIdentity(String principal, String keytab, String krb5Conf) implements Serializable {
    public static final String NONE = "none";
    /** The user of the process, as HDFS believes it. */
    public static final HdfsIdentity SIMPLE = new HdfsIdentity(NONE, NONE, NONE);

    public boolean isKerberos() {
        return !principal.equals(NONE);
    }

    /** What follows the last {@code @}. */
    String realm() {
        return principal.substring(principal.lastIndexOf('@') + 1);
    }
}
