package org.offerstorm.dashboard.trigger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.trigger.Channel;

/** The channels of a configuration, and the messages to all of them. Any thread. */
public final class Channels implements AutoCloseable {
    private static final String WEBHOOK = "webhook";
    private static final String OPTION = "triggers.channels.";

    private final List<Outbox> outboxes;
    private final Announcer announcer;

    private Channels(List<Outbox> outboxes) {
        this.outboxes = outboxes;
        this.announcer = new Announcer(outboxes);
    }

    /**
     * What a test message came to.
     *
     * @param problem null if the channel took it
     */
    public record Tried(String name, Channel.Form form, String problem) {}

    /**
     * Starts a thread for each channel.
     *
     * @throws IllegalArgumentException if one is invalid
     */
    public static Channels start(TriggersConfig config) {
        List<Outbox> outboxes = new ArrayList<>();
        Signer signer = new Signer(config.signingKey());
        of(config)
                .forEach((name, channel) ->
                        outboxes.add(Outbox.start(name, channel, option(name), signer, config.tls())));
        return new Channels(outboxes);
    }

    /**
     * Sends a test message to each channel, once, and waits for the answers.
     *
     * @param at milliseconds since 1970
     */
    public static List<Tried> test(TriggersConfig config, long at) throws InterruptedException {
        TriggerEvent event = new TriggerEvent(
                "test-" + at, "test", "a test message", true, 0, "sent by 'offerstorm alerts test'", at);
        List<Tried> tried = new ArrayList<>();
        for (Map.Entry<String, Channel> channel : of(config).entrySet()) {
            Sender sender = Outbox.sender(
                    channel.getValue(), option(channel.getKey()), new Signer(config.signingKey()), config.tls());
            String problem = sender.send(event);
            if (problem == null && channel.getValue().form() == Channel.Form.ALERTMANAGER) {
                // Nothing else would end it there.
                problem = sender.send(
                        new TriggerEvent(event.id(), event.name(), event.rule(), false, 0, event.words(), at + 1));
            }
            tried.add(new Tried(channel.getKey(), channel.getValue().form(), problem));
        }
        return tried;
    }

    /** The channels by name: those of {@code triggers.channels}, and {@code triggers.webhook}. */
    static Map<String, Channel> of(TriggersConfig config) {
        Map<String, Channel> channels = new LinkedHashMap<>();
        if (!config.webhook().equals(TriggersConfig.NO_WEBHOOK)) {
            channels.put(WEBHOOK, new Channel(Channel.Form.GENERIC, config.webhook()));
        }
        config.channels().forEach((name, text) -> channels.put(name, Channel.parse(text)));
        return channels;
    }

    private static String option(String name) {
        return name.equals(WEBHOOK) ? "triggers.webhook" : OPTION + name;
    }

    /** Sends an event to all, unless its rule has sent too many; never waits. */
    public void send(TriggerEvent event) {
        announcer.accept(event);
    }

    /**
     * Sends what was held back, if its time has come; to be called each second or so.
     *
     * @param now milliseconds since 1970
     */
    public void tick(long now) {
        announcer.tick(now);
    }

    /** How each does. */
    public List<ChannelState> states() {
        return announcer.states();
    }

    @Override
    public void close() {
        outboxes.forEach(Outbox::close);
    }
}
