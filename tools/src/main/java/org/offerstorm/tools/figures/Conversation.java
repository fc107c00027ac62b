package org.offerstorm.tools.figures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Never waits; used by the server's thread. */
final class Conversation {
    /** Bytes of a request's line and headers. */
    static final int LONGEST_HEAD = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final SocketChannel channel;
    private final long deadline;
    private final StringBuilder head = new StringBuilder();
    /** Null until the head is complete. */
    private ByteBuffer answer;

    private boolean isClosed;

    Conversation(SocketChannel channel, long deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /**
     * Reads or writes what is possible now.
     *
     * @param buffer shared, for one call
     * @param answering makes the whole answer from the head of the request
     */
    void proceed(SelectionKey key, ByteBuffer buffer, Function<String, byte[]> answering) throws IOException {
        if (key.isReadable()) {
            buffer.clear();
            int count = channel.read(buffer);
            if (count < 0) {
                close();
                return;
            }
            if (answer
                    == null) { // else it is a body, or a second request: read and not heeded, so that the end is clean
                head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                if (head.indexOf(END_OF_HEAD) >= 0 || head.length() > LONGEST_HEAD) {
                    answer = ByteBuffer.wrap(answering.apply(head.toString()));
                }
            }
        }
        if (answer != null && answer.hasRemaining()) {
            channel.write(answer);
            if (answer.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            } else {
                channel.shutdownOutput();
                key.interestOps(SelectionKey.OP_READ); // until the reader closes, or the deadline
            }
        }
    }

    /** Whether it took too long, and is closed now. */
    boolean endIfLate(long nowNanos) {
        if (nowNanos - deadline > 0) {
            close();
        }
        return isClosed;
    }

    boolean isClosed() {
        return isClosed;
    }

    void close() {
        isClosed = true;
        closeQuietly(channel);
    }

    /** @param channel null is closed already */
    static void closeQuietly(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a connection", e);
        }
    }
}
