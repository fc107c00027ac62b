package org.offerstorm.tools.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsIdentity;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresConfig;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrConfig;

/** As whom the pipeline comes to each server that it uses, and what is open on the way, as the configuration says. No secret is resolved. */
public final class WireLogins {
    private static final Pattern JAAS_USER = Pattern.compile("\\b(?:username|principal)\\s*=\\s*\"?([^\"\\s;]+)");
    /** Scheme and user of an address. */
    private static final Pattern USER = Pattern.compile("(?i)[a-z-]+://(?:(?<user>[^:@/]*)(?::[^@]*)?@)?.*");

    private static final Pattern POSTGRES_TLS = Pattern.compile(".*[?&]sslmode=(?:require|verify-ca|verify-full).*");

    /** In place of a user that is a reference. */
    private static final String SECRET = "…";

    private static final String NOBODY = "without a name";

    private WireLogins() {}

    /** One finding for each server, in the order of the pipeline. */
    public static List<Finding> of(OfferstormConfig config) {
        List<Finding> logins = new ArrayList<>();
        logins.add(kafka(config));
        if (config.sinkNames().contains(Redis.KIND.name())) {
            RedisConfig redis = config.of(Redis.KIND);
            logins.add(login(
                    "redis", redis.uri(), redis.uri().toLowerCase(Locale.ROOT).startsWith("rediss"), redis.tls()));
        }
        if (config.sinkNames().contains(Solr.KIND.name())) {
            SolrConfig solr = config.of(Solr.KIND);
            logins.add(login(
                    "solr", solr.url(), solr.url().toLowerCase(Locale.ROOT).startsWith("https"), solr.tls()));
        }
        if (config.sinkNames().contains(Postgres.KIND.name())) {
            PostgresConfig postgres = config.of(Postgres.KIND);
            logins.add(login(
                    "postgres",
                    postgres.url(),
                    POSTGRES_TLS.matcher(postgres.url()).matches(),
                    postgres.tls()));
        }
        if (config.sinkNames().contains(Hdfs.KIND.name())) {
            logins.add(hdfs(config.of(Hdfs.KIND)));
        }
        return logins;
    }

    private static Finding kafka(OfferstormConfig config) {
        Map<String, String> properties = config.source().properties();
        String protocol = properties
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
                .toUpperCase(Locale.ROOT);
        boolean certificate = properties.containsKey(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                || properties.containsKey(SslConfigs.SSL_KEYSTORE_KEY_CONFIG);
        String user = certificate ? "as its certificate says" : NOBODY;
        if (protocol.startsWith("SASL")) {
            Matcher named = JAAS_USER.matcher(
                    Secrets.replaceReferences(properties.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, ""), SECRET));
            user = "as " + (named.find() ? named.group(1) : "its login module says") + ", by "
                    + properties.getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
        }
        return Finding.ok(
                "login kafka", config.source().bootstrapServers(), wire(user, protocol.endsWith("SSL"), certificate));
    }

    private static Finding hdfs(HdfsConfig hdfs) {
        HdfsIdentity identity = hdfs.identity();
        return Finding.ok(
                "login hdfs",
                hdfs.uri(),
                identity.principal().equals(HdfsIdentity.NONE)
                        ? "as this system's user, whom HDFS believes"
                        : "as " + identity.principal() + ", by Kerberos");
    }

    private static Finding login(String name, String address, boolean encrypted, Tls tls) {
        String plain = Secrets.replaceReferences(address, SECRET);
        Matcher parts = USER.matcher(plain);
        String user = parts.matches() ? parts.group("user") : null;
        return Finding.ok(
                "login " + name,
                plain.replaceFirst("//[^@/]*@", "//").replaceFirst("[?].*", ""),
                wire(
                        user == null || user.isEmpty() ? NOBODY : "as " + user,
                        encrypted,
                        !tls.keyStore().equals(Tls.NONE)));
    }

    private static String wire(String user, boolean encrypted, boolean certificate) {
        return user + (encrypted ? ", over TLS" + (certificate ? " with a certificate" : "") : ", over an open wire");
    }
}
