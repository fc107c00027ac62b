package org.offerstorm.dashboard.live;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis answers; each change is logged once. Set by the reader's thread, read by any. */
final class LinkState {
    private static final Logger LOG = LoggerFactory.getLogger(LinkState.class);
    /** For everybody who can see the page: where Redis is, is in the log alone. */
    private static final String AWAY = "Redis does not answer as it should; the dashboard's log has the reason";

    private final String address;
    private final InstantSource clock;
    private volatile Connection link;

    /** @param address of Redis, for the log */
    LinkState(String address, InstantSource clock) {
        this.address = address;
        this.clock = clock;
        this.link = new Connection(false, clock.millis(), Connection.NOT_ASKED);
    }

    Connection link() {
        return link;
    }

    boolean isUp() {
        return link.up();
    }

    void up() {
        LOG.info("Redis {} answers", address);
        link = new Connection(true, clock.millis(), "");
    }

    /** Keeps when and why it first stopped answering. */
    void down(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (!link.away()) {
            LOG.warn("{}; the page shows the last known data until it answers again", message);
            LOG.debug("Reading Redis", e);
            link = new Connection(false, clock.millis(), AWAY);
        }
    }
}
