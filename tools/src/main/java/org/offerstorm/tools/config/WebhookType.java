package org.offerstorm.tools.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.secret.Secrets;

/** An address for POST requests, or none. Its messages never quote it: it may hold a secret. */
final class WebhookType implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (text.equals(TriggersConfig.NO_WEBHOOK) || Secrets.isReference(text)) {
            return text;
        }
        try {
            URI uri = new URI(Secrets.replaceReferences(text, "x"));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return text;
            }
        } catch (URISyntaxException e) { // quotes the text
            throw new IllegalArgumentException("is not a URI; write " + allowed());
        }
        throw new IllegalArgumentException("is not an http address with a host; write " + allowed());
    }

    @Override
    public String allowed() {
        return "http://host:port/path, https://, or " + TriggersConfig.NO_WEBHOOK;
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
