package org.offerstorm.local.servers.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Bytes on their way from one end of a connection to the other, in order, each piece not before its time. Used by one thread. */
final class Flow {
    /** A sender of more has to wait, as with a full socket. */
    private static final int LIMIT = 1 << 16;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int held;
    private boolean blocked;
    private boolean ended;
    private boolean shut;

    /** @param due {@link System#nanoTime()} from which on they may be written */
    private record Piece(ByteBuffer bytes, long due) {}

    /** Whether it takes more now. */
    boolean wantsBytes() {
        return !ended && held < LIMIT;
    }

    /** Keeps a copy of the bytes. */
    void add(ByteBuffer bytes, long due) {
        if (bytes.hasRemaining()) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            pieces.add(new Piece(copy, due));
            held += copy.remaining();
        }
    }

    /** Nothing more will come: the stream ends after the bytes that are still on their way. */
    void end() {
        ended = true;
    }

    boolean isThrough() {
        return shut;
    }

    /** The socket was full at the last write. */
    boolean isBlocked() {
        return blocked;
    }

    /** Writes what is due and fits. */
    void writeTo(SocketChannel to, long now) throws IOException {
        blocked = false;
        while (!blocked && !pieces.isEmpty() && pieces.peek().due() - now <= 0) {
            ByteBuffer bytes = pieces.peek().bytes();
            held -= to.write(bytes);
            if (bytes.hasRemaining()) {
                blocked = true;
            } else {
                pieces.remove();
            }
        }
        if (ended && pieces.isEmpty() && !shut) {
            shut = true;
            to.shutdownOutput();
        }
    }

    /** Nanoseconds until the next piece is due; {@link Long#MAX_VALUE} if none waits for its time. */
    long nanosToNext(long now) {
        return blocked || pieces.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(0, pieces.peek().due() - now);
    }

    /** Everything is due now. */
    void hurry() {
        long now = System.nanoTime();
        List<Piece> due =
                pieces.stream().map(piece -> new Piece(piece.bytes(), now)).toList();
        pieces.clear();
        pieces.addAll(due);
    }
}
