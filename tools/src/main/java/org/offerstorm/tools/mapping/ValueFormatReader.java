package org.offerstorm.tools.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.option.UriType;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.Document.Entry;

/** Reads the section {@code value}: in which form a topic's values are written. No message quotes a password. */
final class ValueFormatReader {
    private static final String JSON = "json";
    private static final String AVRO = "avro";
    private static final List<String> FORMATS = List.of(JSON, AVRO);
    private static final String HOW = "write {format: avro, registry: \"http://host:8081\"}";
    private static final UriType REGISTRY = new UriType(
            "http://host:8081, user and password apart", Set.of("http", "https"), false, false, Pattern.compile(".*"));

    private final Document document;

    ValueFormatReader(Document document) {
        this.document = document;
    }

    /** @param value null: JSON */
    ValueFormat read(Entry value) {
        if (value == null) {
            return ValueFormat.JSON;
        }
        Map<String, Entry> entries =
                document.entries(value.value(), value.path(), HOW, List.of("format", "registry", "user", "password"));
        Entry format = entries.get("format");
        if (format == null) {
            document.wrong(value.keyNode(), value.path(), "has no format; " + HOW);
            return ValueFormat.JSON;
        }
        String name = document.text(format.value(), format.path(), "json or avro");
        if (AVRO.equals(name)) {
            return avro(value, entries);
        }
        if (name != null && !name.equals(JSON)) {
            document.wrong(
                    format.value(), format.path(), "is " + Quote.of(name) + "; " + Document.choose(name, FORMATS));
        }
        for (String key : List.of("registry", "user", "password")) {
            if (JSON.equals(name) && entries.containsKey(key)) {
                document.wrong(
                        entries.get(key).keyNode(), entries.get(key).path(), "is there with format: json; remove it");
            }
        }
        return ValueFormat.JSON;
    }

    private ValueFormat avro(Entry value, Map<String, Entry> entries) {
        String registry = registry(value, entries.get("registry"));
        Entry user = entries.get("user");
        Entry password = entries.get("password");
        if ((user == null) != (password == null)) {
            Entry one = user == null ? password : user;
            document.wrong(
                    one.keyNode(),
                    one.path(),
                    "is there without " + (user == null ? "user" : "password") + "; write both or none");
            return ValueFormat.JSON;
        }
        String name = user == null ? null : document.text(user.value(), user.path(), "the user's name");
        String secret = password == null ? null : password(password);
        boolean complete = registry != null && (user == null || (name != null && secret != null));
        return complete ? new ValueFormat.Avro(registry, name, secret) : ValueFormat.JSON; // with a problem, unused
    }

    private String registry(Entry value, Entry registry) {
        if (registry == null) {
            document.wrong(value.keyNode(), value.path(), "has no registry; " + HOW);
            return null;
        }
        String url = document.text(registry.value(), registry.path(), "http://host:8081");
        if (url == null || Secrets.isReference(url)) {
            return url;
        }
        try {
            return REGISTRY.parse(url);
        } catch (IllegalArgumentException e) {
            document.wrong(registry.value(), registry.path(), e.getMessage());
            return null;
        }
    }

    private String password(Entry password) {
        String reference = "a reference, \"${env:NAME}\" or \"${file:/path}\"";
        String text = document.text(password.value(), password.path(), reference);
        if (text != null && !Secrets.isReference(text)) {
            document.wrong(
                    password.value(),
                    password.path(),
                    "is the password itself, which everybody could read; write " + reference);
            return null;
        }
        return text;
    }
}
