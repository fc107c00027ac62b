package org.offerstorm.dashboard.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * One connection that listens to events. It is sent shared buffers, one write at a time, a good tenth of a second apart at least.
 * While a write lasts nothing is kept for it; afterwards it gets what it missed as one update. A write that lasts too long
 * ends the connection. So it costs the same whether it reads or not. Used by its connection's I/O thread alone.
 */
final class Viewer {
    /** A client that does not take a message for this long is dropped; it may reconnect, and then catches up. */
    static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** At most ten a second also where they arrive, which is never quite in step. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(110);

    private final StreamSinkChannel channel;
    private final AutoCloseable connection;
    private final Events events;
    private final Runnable onClose;
    private ByteBuffer current;
    private long sentAt = System.nanoTime() - PACE_NANOS;
    private boolean waiting;
    private boolean closed;
    private Events.Position position;

    /**
     * @param first what it gets at once
     * @param position what it knows after that
     * @param onClose called once
     */
    Viewer(
            StreamSinkChannel channel,
            AutoCloseable connection,
            Events events,
            ByteBuffer first,
            Events.Position position,
            Runnable onClose) {
        this.channel = channel;
        this.connection = connection;
        this.events = events;
        this.position = position;
        this.onClose = onClose;
        this.current = first;
    }

    XnioExecutor thread() {
        return channel.getIoThread();
    }

    void start() {
        channel.getWriteSetter().set((ChannelListener<StreamSinkChannel>) ready -> write());
        channel.getCloseSetter().set((ChannelListener<StreamSinkChannel>) gone -> close());
        sentAt = System.nanoTime();
        write();
    }

    /** Sends what is new, now or as soon as it may. */
    void look() {
        long now = System.nanoTime();
        if (closed || waiting) {
            return;
        }
        if (current != null) {
            if (now - sentAt > STALLED_NANOS) {
                events.dropped();
                close();
            }
            return; // looks again when that is written
        }
        long wait = sentAt + PACE_NANOS - now;
        if (wait > 0) {
            waiting = true;
            thread().executeAfter(
                            () -> {
                                waiting = false;
                                look();
                            },
                            wait,
                            TimeUnit.NANOSECONDS);
            return;
        }
        Events.Message message = events.after(position);
        if (message != null) {
            position = message.position();
            current = message.bytes().duplicate();
            sentAt = now;
            write();
        }
    }

    private void write() {
        if (closed || current == null) {
            channel.suspendWrites();
            return;
        }
        try {
            while (current.hasRemaining()) {
                if (channel.write(current) == 0) {
                    channel.resumeWrites();
                    return;
                }
            }
            if (!channel.flush()) {
                channel.resumeWrites();
                return;
            }
            current = null;
            channel.suspendWrites();
            look();
        } catch (IOException | RuntimeException e) { // gone
            close();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        current = null;
        onClose.run();
        try {
            connection.close();
        } catch (Exception e) {
            IoUtils.safeClose(channel);
        }
    }
}
