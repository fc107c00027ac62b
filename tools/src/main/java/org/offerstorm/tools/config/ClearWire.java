package org.offerstorm.tools.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.kafka.KafkaSecurity;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.tools.config.Settings.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets that leave the machine without TLS. A host that is not known, because a reference names it, is not warned of. */
final class ClearWire {
    private static final Logger LOG = LoggerFactory.getLogger(ClearWire.class);
    private static final String PLACEHOLDER = "offerstorm-reference";
    /** No URI of Java's, as it may name several hosts. */
    private static final Pattern POSTGRES =
            Pattern.compile("(?i)postgres(?:ql)?://[^@/?#]*@(?<hosts>[^@/?#]*)/[^?]*(?:\\?(?<parameters>.*))?");

    private static final Pattern SENTINELS =
            Pattern.compile("(?i)redis-sentinel://(?:(?<login>[^@/?#]*)@)?(?<hosts>[^@/?#]+)/.*");

    private static final String PROTOCOL = "security.protocol";
    private static final String MECHANISM = "sasl.mechanism";

    private final Settings settings;
    private final boolean resolve;
    private final List<Finding> found = new ArrayList<>();

    private ClearWire(Settings settings, boolean resolve) {
        this.settings = settings;
        this.resolve = resolve;
    }

    /**
     * A warning for each option that sends one.
     *
     * @param resolve whether to look at what references name, as far as they can be resolved here
     */
    static List<Finding> of(Settings settings, boolean resolve) {
        ClearWire wire = new ClearWire(settings, resolve);
        for (Option option : Options.ALL) {
            if (option instanceof Properties properties) {
                if (properties.rules().mayHoldSecrets()) {
                    wire.properties(properties);
                }
            } else if (option instanceof Single<?> single && single.type().takesReferences()) {
                Setting setting = settings.setting(single);
                wire.address(option.path(), setting, option.equals(Options.WEBHOOK));
            }
        }
        String source = settings.get(Options.BOOTSTRAP_SERVERS);
        wire.kafka(Options.SOURCE_PROPERTIES, source);
        wire.kafka(Options.DEAD_LETTER_PROPERTIES, source);
        String changes = settings.get(Changes.BOOTSTRAP_SERVERS);
        wire.kafka(Changes.PROPERTIES, changes.equals(ChangesConfig.SERVERS_OF_SOURCE) ? source : changes);
        return wire.found;
    }

    private void properties(Properties option) {
        if (option.equals(Options.CHANNELS)) {
            settings.settings(option).forEach((name, setting) -> {
                String address = setting.text().strip().replaceFirst("^[a-z]+\\s+", ""); // its form
                address(option.path() + "." + name, new Setting(address, address, setting.place()), true);
            });
            return;
        }
        settings.settings(option)
                .forEach((name, setting) -> address(
                        option.path() + "." + PlainText.excerpt(name), setting, name.endsWith("token.endpoint.url")));
    }

    /** @param always whether a secret goes there although the user and password are elsewhere, or there are none */
    private void address(String path, Setting setting, boolean always) {
        String known = known(setting.text());
        Matcher postgres = POSTGRES.matcher(known);
        if (postgres.matches()) {
            postgres(path, setting, postgres);
            return;
        }
        Matcher sentinels = SENTINELS.matcher(known);
        if (sentinels.matches()) {
            sentinels(path, setting, sentinels);
            return;
        }
        URI uri;
        try {
            uri = new URI(known);
        } catch (URISyntaxException e) {
            return; // no address
        }
        if (isOpenMail(uri)) {
            String host = setting.text().contains(uri.getHost()) ? uri.getHost() : "another host";
            warn(path, setting, "mails go to " + host + " without TLS", "write smtps://, or leave starttls=off out");
            return;
        }
        String tls = tls(uri.getScheme());
        if (tls == null || uri.getHost() == null || !isFar(uri.getHost())) {
            return;
        }
        String host = setting.text().contains(uri.getHost()) ? uri.getHost() : "another host";
        if (uri.getRawUserInfo() != null) {
            warn(path, setting, "the password goes to " + host + " without TLS", "write " + tls + "://");
        } else if (always) {
            warn(
                    path,
                    setting,
                    "what is sent to " + host + ", its secrets too, goes without TLS",
                    "write " + tls + "://");
        }
    }

    private static boolean isOpenMail(URI uri) {
        return "smtp".equals(uri.getScheme())
                && uri.getHost() != null
                && isFar(uri.getHost())
                && ("&" + uri.getRawQuery() + "&").contains("&starttls=off&");
    }

    /** Its address may name several hosts, and says in a parameter whether it asks for TLS; without one an attacker chooses. */
    private void postgres(String path, Setting setting, Matcher address) {
        if (String.valueOf(address.group("parameters"))
                .matches("(.*&)?sslmode=(require|verify-ca|verify-full)(&.*)?")) {
            return;
        }
        for (String server : address.group("hosts").split(",", -1)) {
            String host = server.replaceFirst(":[0-9]*$", "");
            if (isFar(host)) {
                warn(
                        path,
                        setting,
                        "the password goes to " + (setting.text().contains(host) ? host : "another host")
                                + ", perhaps without TLS",
                        "add ?sslmode=verify-full");
                return;
            }
        }
    }

    /** The servers that they name may be elsewhere, too, but are not known. */
    private void sentinels(String path, Setting setting, Matcher address) {
        boolean isSecret = address.group("login") != null
                || !settings.get(Redis.SENTINEL_PASSWORD).equals(RedisConfig.NO_PASSWORD);
        for (String server : address.group("hosts").split(",", -1)) {
            String host = server.replaceFirst(":[0-9]*$", "");
            if (isSecret && isFar(host)) {
                warn(
                        path,
                        setting,
                        "the password goes to " + (setting.text().contains(host) ? host : "another host")
                                + " without TLS",
                        "write rediss-sentinel://");
                return;
            }
        }
    }

    private String known(String text) {
        if (resolve) {
            try {
                return Secrets.resolveUri(text);
            } catch (Secrets.Unresolved e) {
                LOG.debug("Not known here", e);
            }
        }
        return Secrets.replaceReferences(text, PLACEHOLDER);
    }

    private void kafka(Properties option, String servers) {
        Map<String, Setting> own = settings.settings(option);
        Map<String, Setting> shared = settings.settings(KafkaSecurity.OPTION);
        Setting protocol = own.getOrDefault(PROTOCOL, shared.get(PROTOCOL));
        Setting mechanism = own.getOrDefault(MECHANISM, shared.get(MECHANISM));
        if (protocol == null
                || mechanism == null // Kerberos
                || !protocol.text().equalsIgnoreCase("SASL_PLAINTEXT")
                || Arrays.stream(servers.split(",", -1))
                        .noneMatch(server -> isFar(server.strip().replaceFirst(":[0-9]*$", "")))) {
            return;
        }
        String what =
                switch (mechanism.text().toUpperCase(Locale.ROOT)) {
                    case "PLAIN" -> "the password goes";
                    case "OAUTHBEARER" -> "the token goes";
                    case "SCRAM-SHA-256", "SCRAM-SHA-512" -> "a login from which the password can be guessed goes";
                    default -> null;
                };
        String path = (own.containsKey(PROTOCOL) ? option : KafkaSecurity.OPTION).path() + "." + PROTOCOL;
        if (what != null && found.stream().noneMatch(finding -> finding.name().equals(path))) {
            warn(path, protocol, what + " to the brokers without TLS", "write SASL_SSL");
        }
    }

    private void warn(String path, Setting setting, String message, String fix) {
        found.add(Finding.warn(
                path, setting.place().toString(), message + ", and whoever is on the way can read it", fix));
    }

    /** The scheme with TLS; null if this one has it, or if it is another. */
    private static String tls(String scheme) {
        String lower = String.valueOf(scheme).toLowerCase(Locale.ROOT);
        return lower.equals("redis") || lower.equals("http") ? lower + "s" : null;
    }

    /** Whether packets to the host leave this machine, as far as its name says. */
    private static boolean isFar(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "").replaceFirst("\\.$", "");
        return !(name.contains(PLACEHOLDER)
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.matches("(0*:)*:?0*1"));
    }
}
