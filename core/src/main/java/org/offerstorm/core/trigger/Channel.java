package org.offerstorm.core.trigger;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offerstorm.core.secret.Secrets;

/**
 * Where messages about rules are sent, as people write it: {@code slack https://…}, {@code smtps://user:password@host?…}. No
 * message of an exception quotes the address, which may hold a secret.
 *
 * @param form of what is sent
 * @param address with references to secrets, as it was written
 */
public record Channel(Form form, String address) {
    /** What is sent. */
    public enum Form {
        /** Offerstorm's own JSON. */
        GENERIC,
        /** Of Slack's incoming webhooks, and those of Mattermost. */
        SLACK,
        /** Of a workflow of Microsoft Teams. */
        TEAMS,
        /** Of Prometheus' Alertmanager, version 2. */
        ALERTMANAGER,
        /** An e-mail. */
        MAIL;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For people. */
    public static final String ALLOWED = "[generic|slack|teams|alertmanager] http://host:port/path or https://…;"
            + " or smtps://user:password@host:port?from=…&to=…,… (smtp:// for STARTTLS)";

    /**
     * Reads a channel.
     *
     * @throws IllegalArgumentException if the text is none; the message says what to write, and quotes nothing
     */
    public static Channel parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length > 2) {
            throw new IllegalArgumentException("has more than a form and an address; write " + ALLOWED);
        }
        String address = words[words.length - 1];
        Optional<Form> form = words.length == 1 ? Optional.empty() : Optional.of(form(words[0]));
        if (Secrets.isReference(address)) {
            return new Channel(form.orElse(Form.GENERIC), address);
        }
        URI uri = uri(Secrets.replaceReferences(address, "x"));
        boolean mail = uri.getScheme().startsWith("smtp");
        if (form.isPresent() && (form.get() == Form.MAIL) != mail) {
            throw new IllegalArgumentException("has an address that does not fit its form; write " + ALLOWED);
        }
        if (mail) {
            Mailbox unused = mailbox(uri);
        }
        return new Channel(mail ? Form.MAIL : form.orElse(Form.GENERIC), address);
    }

    /**
     * How mail is sent.
     *
     * @param isTls from the first byte; else by STARTTLS, unless {@code isOpen}
     * @param isOpen without TLS
     * @param user empty for none
     * @param to at least one
     */
    public record Mailbox(
            String host,
            int port,
            boolean isTls,
            boolean isOpen,
            String user,
            String password,
            String from,
            List<String> to) {
        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port + " to " + to;
        }
    }

    /**
     * The mailbox of a mail channel, with its secrets.
     *
     * @throws IllegalArgumentException if a reference leads nowhere, or the address with its secrets is none
     */
    public Mailbox mailbox() {
        return mailbox(uri(Secrets.resolveUri(address)));
    }

    private static Mailbox mailbox(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                if (pair.length != 2 || !List.of("from", "to", "starttls").contains(pair[0])) {
                    throw new IllegalArgumentException("has an unknown parameter; choose from, to, starttls");
                }
                parameters.put(pair[0], URLDecoder.decode(pair[1].replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        List<String> to = Arrays.stream(parameters.getOrDefault("to", "").split(",", -1))
                .map(String::strip)
                .toList();
        String from = parameters.getOrDefault("from", "");
        if (!isMail(from) || !to.stream().allMatch(Channel::isMail)) {
            throw new IllegalArgumentException(
                    "names no sender or recipient; write …?from=a@example.org&to=b@example.org");
        }
        String startTls = parameters.getOrDefault("starttls", "required");
        if (!List.of("required", "off").contains(startTls)) {
            throw new IllegalArgumentException("has an unknown value of starttls; choose required or off");
        }
        boolean tls = uri.getScheme().equals("smtps");
        boolean open = !tls && startTls.equals("off");
        String[] login = uri.getRawUserInfo() == null
                ? new String[] {"", ""}
                : Arrays.stream(uri.getRawUserInfo().split(":", 2))
                        .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                        .toArray(String[]::new);
        if (login.length != 2) {
            throw new IllegalArgumentException("has a user without password; write smtps://user:password@host");
        }
        if (open && !login[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "would send a password without TLS; write smtps://, or leave starttls=off out");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 465 : open ? 25 : 587;
        return new Mailbox(uri.getHost(), port, tls, open, login[0], login[1], from, to);
    }

    private static boolean isMail(String text) {
        return text.matches("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
    }

    private static Form form(String word) {
        return Arrays.stream(Form.values())
                .filter(form -> form.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("has an unknown form; choose "
                        + Arrays.stream(Form.values()).map(Form::word).collect(Collectors.joining(", "))));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null
                    && List.of("http", "https", "smtp", "smtps").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) { // quotes the text
            throw new IllegalArgumentException("is not a URI; write " + ALLOWED);
        }
        throw new IllegalArgumentException("is not an address of a webhook or a mail server; write " + ALLOWED);
    }
}
