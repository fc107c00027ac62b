package org.offerstorm.sinks.hdfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/** Asks a KDC for a ticket by keytab; keytab and krb5.conf are read each time. Used by one thread. */
final class KeytabLogin implements Tickets.Source {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
    private static final String KRB5_CONF = "java.security.krb5.conf";

    private final HdfsIdentity identity;

    KeytabLogin(HdfsIdentity identity) {
        this.identity = identity;
    }

    @Override
    public KerberosFailure silent() {
        return KerberosAdvice.ofSilence(identity, krb5Conf());
    }

    /** The file that names KDCs. */
    private String krb5Conf() {
        return identity.krb5Conf().equals(HdfsIdentity.NONE)
                ? System.getProperty(KRB5_CONF, "/etc/krb5.conf")
                : identity.krb5Conf();
    }

    @Override
    public Subject logIn() throws KerberosFailure {
        if (!identity.krb5Conf().equals(HdfsIdentity.NONE)) {
            readable(identity.krb5Conf(), "hdfs.krb5-conf");
            System.setProperty(KRB5_CONF, identity.krb5Conf()); // there is no other way to tell Java
        }
        Path keytab = readable(identity.keytab(), "hdfs.keytab");
        Subject subject = new Subject();
        try {
            new LoginContext("offerstorm", subject, null, new ByKeytab()).login();
        } catch (LoginException | RuntimeException e) {
            if (!hasKey(keytab)) {
                throw new KerberosFailure(
                        keytab + " has no key of " + identity.principal(),
                        "see what it has (klist -k " + keytab + "), and correct hdfs.principal or the keytab",
                        e);
            }
            throw KerberosAdvice.ofLogin(identity, krb5Conf(), e);
        }
        return subject;
    }

    private static Path readable(String file, String option) throws KerberosFailure {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            throw new KerberosFailure(
                    file + " does not exist on this machine", "put it there, or correct " + option, null);
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new KerberosFailure(
                    file + " cannot be read by the user of this process, " + System.getProperty("user.name"),
                    "let this user, and no other, read it (chown, chmod 400)",
                    null);
        }
        return path;
    }

    private boolean hasKey(Path keytab) {
        try {
            KerberosPrincipal principal = new KerberosPrincipal(identity.principal());
            return KeyTab.getInstance(principal, keytab.toFile()).getKeys(principal).length > 0;
        } catch (RuntimeException e) { // it is the realm that is wrong
            return true;
        }
    }

    /** What a JAAS file would say. */
    private final class ByKeytab extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = Map.of(
                    "useKeyTab",
                    "true",
                    "keyTab",
                    identity.keytab(),
                    "principal",
                    identity.principal(),
                    "doNotPrompt",
                    "true",
                    "refreshKrb5Config",
                    "true");
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}
