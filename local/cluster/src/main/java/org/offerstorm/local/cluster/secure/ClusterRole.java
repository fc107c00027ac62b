package org.offerstorm.local.cluster.secure;

import java.util.Locale;

/** Who asks a server for something. Each has its own user on each server that knows users; docs/security.md says what it may. */
public enum ClusterRole {
    /** What pipeline and commands need, all in one, for people: the one of {@code offerstorm.yaml}. */
    EVERYTHING("offerstorm"),
    SETUP("offerstorm-setup"),
    WORKER("offerstorm-worker"),
    PRODUCER("offerstorm-producer"),
    INGEST("offerstorm-ingest"),
    VERIFIER("offerstorm-verifier"),
    OPERATOR("offerstorm-operator"),
    DASHBOARD("offerstorm-dashboard"),
    /** Who may do anything on Kafka, Redis and Solr: gives rights, and repairs. */
    ADMINISTRATOR("offerstorm-administrator");

    private final String user;

    ClusterRole(String user) {
        this.user = user;
    }

    /** Its name on every server. */
    public String user() {
        return user;
    }

    /** As files call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
