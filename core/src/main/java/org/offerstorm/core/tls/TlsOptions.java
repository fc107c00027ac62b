package org.offerstorm.core.tls;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.PlainText;

/** The options {@code security.tls}, for every client, and {@code SECTION.tls}, for those of one section. */
public final class TlsOptions {
    private static final String TRUST_STORE = "trust-store";
    private static final String TRUST_STORE_PASSWORD = "trust-store-password";
    private static final String KEY_STORE = "key-store";
    private static final String KEY_STORE_PASSWORD = "key-store-password";
    private static final Set<String> NAMES = Set.of(TRUST_STORE, TRUST_STORE_PASSWORD, KEY_STORE, KEY_STORE_PASSWORD);

    /** For every client. */
    public static final Properties ALL = new Properties("security.tls", new Rules(), """
            TLS of every client, on workers and in commands. trust-store: PEM file with the certificates of the authorities,
            or PKCS12 or JKS (java: those that Java trusts). key-store: what is shown to a server that asks for a
            certificate, PEM with key and certificates, or PKCS12 or JKS. trust-store-password and key-store-password, as
            references. Files are read again when they change. See docs/security.md.""");

    private TlsOptions() {}

    /**
     * For the clients of a section.
     *
     * @param section {@code redis}
     * @param whose for people: {@code Redis}
     */
    public static Properties of(String section, String whose) {
        return new Properties(
                section + ".tls",
                new Rules(),
                "As security.tls, for " + whose
                        + " alone. A store that is named here wins; key-store: none shows none.");
    }

    /** What holds for the clients of a section. */
    public static Tls bind(OptionValues values, Properties section) {
        return bind(values.get(ALL), values.get(section));
    }

    /** What holds for clients that have no section. */
    public static Tls bind(OptionValues values) {
        return bind(values.get(ALL), Map.of());
    }

    /** A password belongs to its store: that of another store is not taken. */
    private static Tls bind(Map<String, String> all, Map<String, String> own) {
        Map<String, String> trust = own.containsKey(TRUST_STORE) ? own : all;
        Map<String, String> keys = own.containsKey(KEY_STORE) ? own : all;
        return new Tls(
                trust.getOrDefault(TRUST_STORE, Tls.JAVA),
                trust.getOrDefault(TRUST_STORE_PASSWORD, Tls.NONE),
                keys.getOrDefault(KEY_STORE, Tls.NONE),
                keys.getOrDefault(KEY_STORE_PASSWORD, Tls.NONE));
    }

    /** Names and paths. No message quotes a password. */
    private static final class Rules implements PropertyRules {
        @Override
        public void check(String name, String value) {
            if (!NAMES.contains(name)) {
                Optional<String> nearest = Nearest.of(name, NAMES);
                throw new IllegalArgumentException("is no setting of TLS; "
                        + nearest.map(known -> "did you mean '" + known + "'?")
                                .orElse("write trust-store, trust-store-password, key-store or key-store-password"));
            }
            if (isSecret(name)) {
                return;
            }
            String word = name.equals(TRUST_STORE) ? Tls.JAVA : Tls.NONE;
            if (!value.equals(word) && !value.matches("/[^\\p{Cntrl}]{1,4000}")) {
                throw new IllegalArgumentException("'" + PlainText.excerpt(value)
                        + "' is no path from the root; write one such as /etc/offerstorm/ca.pem, or " + word);
            }
        }

        @Override
        public boolean isSecret(String name) {
            return name.equals(TRUST_STORE_PASSWORD) || name.equals(KEY_STORE_PASSWORD);
        }
    }
}
