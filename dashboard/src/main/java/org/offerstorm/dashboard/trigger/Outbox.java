package org.offerstorm.dashboard.trigger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.trigger.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to one channel, one after the other, in their order. One that is not taken is tried again, later and later;
 * while that lasts the others wait, up to a limit, beyond which the oldest is given up. A receiver may get an event twice, and
 * knows it by its id.
 *
 * <p>An Alertmanager forgets what is not sent again, and all of it when it is restarted: it gets each alert that is not over
 * once a minute, also one that it did not take before.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    static final int WAITING = 100;
    /** The last one comes some four minutes after the first, with the usual pause. */
    static final int ATTEMPTS = 9;

    /** Between two times that an Alertmanager is sent what is not over. */
    static final Duration REPEAT = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String name;
    private final Channel.Form form;
    private final Sender sender;
    private final Duration pause;
    private final Duration repeat;
    /** What is not over, by its rule. Used by the thread. */
    private final Map<String, TriggerEvent> active = new LinkedHashMap<>();

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    /** What is being sent, or tried again; null if nothing is. */
    private volatile Waiting tried;
    /** Since when what is not over cannot be repeated, ms since 1970; 0 if it can. */
    private volatile long unrepeated;

    private volatile long sent;
    private volatile long givenUp;
    private volatile long sentAt;
    private volatile String problem = "";

    /** @param since when it was to be sent, ms since 1970 */
    private record Waiting(TriggerEvent event, long since) {}

    private Outbox(String name, Channel.Form form, Sender sender, Duration pause, Duration repeat) {
        this.name = name;
        this.form = form;
        this.sender = sender;
        this.pause = pause;
        this.repeat = repeat;
        this.thread = new Thread(this::work, "channel-" + name);
        thread.setDaemon(true);
    }

    /**
     * Starts its thread. The channel's address may name secrets, which are resolved each time.
     *
     * @param name of the channel
     * @param option that names it, for messages
     */
    static Outbox start(String name, Channel channel, String option, Signer signer, Tls tls) {
        return start(name, channel.form(), sender(channel, option, signer, tls), Duration.ofSeconds(1));
    }

    /** @param pause after the first failure; twice as long after each further one */
    static Outbox start(String name, Channel.Form form, Sender sender, Duration pause) {
        return start(name, form, sender, pause, REPEAT);
    }

    /** @param repeat between two times that an Alertmanager is sent what is not over */
    static Outbox start(String name, Channel.Form form, Sender sender, Duration pause, Duration repeat) {
        Outbox outbox = new Outbox(name, form, sender, pause, repeat);
        outbox.thread.start();
        return outbox;
    }

    static Sender sender(Channel channel, String option, Signer signer, Tls tls) {
        return channel.form() == Channel.Form.MAIL
                ? new MailSender(channel, option, tls)
                : new WebhookSender(channel, option, signer, tls);
    }

    /** Puts an event in the queue; never waits. */
    public synchronized void send(TriggerEvent event) {
        while (!waiting.offer(new Waiting(event, System.currentTimeMillis()))) {
            Waiting lost = waiting.poll();
            if (lost != null) {
                givenUp++;
                LOG.error("Channel {} is too slow: {} was never sent", name, lost.event);
            }
        }
    }

    /** How it does. Any thread. */
    public ChannelState state() {
        Waiting now = tried;
        Waiting oldest = now == null ? waiting.peek() : now;
        return new ChannelState(
                name,
                form,
                waiting.size() + (now == null ? 0 : 1),
                oldest == null ? unrepeated : oldest.since,
                sent,
                givenUp,
                sentAt,
                problem);
    }

    /** What waits is given up. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(WebhookSender.DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            if (form == Channel.Form.ALERTMANAGER) {
                deliverAndRepeat();
            }
            while (true) {
                deliver(waiting.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("Channel {} ends, {} events waiting", name, waiting.size());
        }
    }

    private void deliverAndRepeat() throws InterruptedException {
        long due = System.nanoTime() + repeat.toNanos();
        while (true) {
            Waiting next = waiting.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next != null) {
                TriggerEvent event = next.event;
                if (event.fired()) {
                    active.put(event.name(), event);
                } else {
                    active.remove(event.name());
                }
                deliver(next);
            }
            if (System.nanoTime() - due >= 0) {
                sendActive();
                due = System.nanoTime() + repeat.toNanos();
            }
        }
    }

    /** Once each; what is not taken is sent in the next round. */
    private void sendActive() throws InterruptedException {
        for (TriggerEvent event : active.values()) {
            String wrong = sender.send(event);
            if (wrong != null) {
                if (problem.isEmpty()) {
                    LOG.warn("Channel {} did not take {}, which is not over ({})", name, event.id(), wrong);
                }
                problem = wrong;
                if (unrepeated == 0) {
                    unrepeated = System.currentTimeMillis();
                }
                return;
            }
            problem = "";
        }
        unrepeated = 0;
    }

    private void deliver(Waiting next) throws InterruptedException {
        tried = next;
        try {
            deliver(next.event);
        } finally {
            tried = null;
        }
    }

    private void deliver(TriggerEvent event) throws InterruptedException {
        Duration wait = pause;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String wrong = sender.send(event);
            problem = wrong == null ? "" : wrong;
            if (wrong == null) {
                add(true);
                return;
            }
            if (wrong.startsWith(Sender.REFUSED) || attempt == ATTEMPTS) {
                add(false);
                LOG.error("Channel {} did not take {} ({}); given up after {} attempts", name, event, wrong, attempt);
                return;
            }
            LOG.warn("Channel {} did not take {} ({}); again in {} ms", name, event.id(), wrong, wait.toMillis());
            Thread.sleep(wait.toMillis());
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait.multipliedBy(2);
        }
    }

    private synchronized void add(boolean taken) {
        if (taken) {
            sent++;
            sentAt = System.currentTimeMillis();
        } else {
            givenUp++;
        }
    }
}
