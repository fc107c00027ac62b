package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/** This process at HDFS with Kerberos. Hadoop's switch for Kerberos, and Java's krb5.conf, are one for a process. */
final class HdfsLogin {
    /** A caller waits so long that with a call to HDFS behind it the sink's limit holds. */
    private static final Tickets.Pace PACE =
            new Tickets.Pace(Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofHours(1));

    private static final Map<HdfsIdentity, HdfsLogin> LOGINS = new HashMap<>();

    private final Tickets tickets;
    private final Configuration conf;
    private UserGroupInformation user;

    private HdfsLogin(HdfsIdentity identity, Configuration conf) {
        this.tickets = new Tickets(new KeytabLogin(identity), PACE);
        this.conf = conf;
    }

    /** The one of this process. Any thread. */
    static HdfsLogin of(HdfsIdentity identity, Configuration conf) {
        synchronized (LOGINS) {
            return LOGINS.computeIfAbsent(identity, who -> new HdfsLogin(who, conf));
        }
    }

    /**
     * The user for a new connection, with a good ticket; waits some seconds for the first. Any thread.
     *
     * @throws KerberosFailure if there is no ticket, with the reason
     */
    UserGroupInformation user() throws IOException {
        Subject subject = tickets.current(); // without the lock: nobody waits for another's patience
        synchronized (this) {
            if (user == null) {
                user = asHadoop(subject);
            }
            return user;
        }
    }

    /** When the present ticket ends, for people; empty if there is none. */
    String until() {
        return tickets.until();
    }

    /** Hadoop reads whether Kerberos is on from core-site.xml of the class path, unless it is given a configuration. */
    private UserGroupInformation asHadoop(Subject subject) throws IOException {
        try {
            UserGroupInformation.setConfiguration(conf);
            UserGroupInformation made = UserGroupInformation.getUGIFromSubject(subject);
            UserGroupInformation.setLoginUser(made); // for Spark's threads, which nobody hands a user
            return made;
        } catch (IOException | RuntimeException e) {
            throw KerberosAdvice.of(e).orElseThrow(() -> new IOException("Hadoop cannot use Kerberos: " + e, e));
        }
    }
}
