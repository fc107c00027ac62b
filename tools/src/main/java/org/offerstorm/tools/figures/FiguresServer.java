package org.offerstorm.tools.figures;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for small answers over HTTP that no client can silence. One thread serves all connections and waits for none: a
 * request that comes slowly, or never ends, keeps nobody from asking. Each connection has one request, {@link #DEADLINE} for
 * all of it, and gives way to newer ones when there are {@link #CONNECTIONS}. The JDK's server cannot do that: it reads a
 * request with a thread that waits for its end.
 */
public final class FiguresServer implements AutoCloseable {
    /** Open at a time; beyond that the oldest is closed. */
    static final int CONNECTIONS = 64;
    /** From the first packet of a connection to its end, in nanoseconds. */
    static final long DEADLINE = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(FiguresServer.class);
    /** How often slow connections are looked for. */
    private static final long LOOK_MILLIS = 250;
    /** After an error of the machine, such as too many open files. */
    private static final long PAUSE_MILLIS = 100;

    private final Function<String, byte[]> answer;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final Thread thread = new Thread(this::serve, "figures");
    /** In the order in which they came. Used by the thread alone. */
    private final Set<Conversation> open = new LinkedHashSet<>();

    private final ByteBuffer received = ByteBuffer.allocate(Conversation.LONGEST_HEAD);
    private volatile boolean ended;

    /**
     * Listens, and answers once it is started.
     *
     * @param answer the whole answer to the head of a request; called by the server's thread, one at a time
     */
    FiguresServer(InetSocketAddress address, Function<String, byte[]> answer) throws IOException {
        this.answer = answer;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, CONNECTIONS);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            server.close();
            selector.close();
            throw e;
        }
        thread.setDaemon(true);
    }

    /**
     * Listens and answers.
     *
     * @param host what the operator calls this machine, and what it may be asked by; null: only what the machine says
     * @param address with port 0 for any free one
     * @throws IOException if the address is unavailable
     */
    public static FiguresServer start(String host, InetSocketAddress address, Map<String, FiguresPages.Page> pages)
            throws IOException {
        FiguresServer server =
                new FiguresServer(address, new FiguresAnswers(OwnNames.of(host, address.getAddress()), pages)::to);
        server.start();
        return server;
    }

    /** Serves a worker's, all pages from the same figures. */
    public static FiguresServer ofWorker(String host, InetSocketAddress address, Supplier<WorkerFigures> figures)
            throws IOException {
        return ofWorker(host, address, figures, figures);
    }

    /**
     * Serves a worker's.
     *
     * @param figures made for each request, by the server's thread
     * @param withoutCpu the same but for the threads' CPU time, which metrics leave out
     */
    public static FiguresServer ofWorker(
            String host, InetSocketAddress address, Supplier<WorkerFigures> figures, Supplier<WorkerFigures> withoutCpu)
            throws IOException {
        return start(host, address, FiguresPages.ofWorker(figures, withoutCpu));
    }

    void start() {
        thread.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** Stops listening and closes all connections; what is on its way is cut off. Any thread. */
    @Override
    public void close() {
        ended = true;
        selector.wakeup();
        if (!thread.isAlive()) {
            end();
        }
    }

    private void serve() {
        try {
            while (!ended) {
                try {
                    turn();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("The server of the figures had an error, and continues", e);
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The server of the figures was interrupted");
        } finally {
            end();
        }
    }

    private void turn() throws IOException {
        selector.select(this::ready, open.isEmpty() ? 0 : LOOK_MILLIS);
        long now = System.nanoTime();
        open.removeIf(conversation -> conversation.endIfLate(now));
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Conversation conversation = (Conversation) key.attachment();
        try {
            conversation.proceed(key, received, answer);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A reader of the figures is gone", e);
            conversation.close();
        }
        if (conversation.isClosed()) {
            open.remove(conversation);
        }
    }

    private void accept() {
        SocketChannel channel = null;
        try {
            channel = server.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (open.size() >= CONNECTIONS) {
                Conversation oldest = open.iterator().next();
                open.remove(oldest);
                oldest.close();
            }
            Conversation conversation = new Conversation(channel, System.nanoTime() + DEADLINE);
            channel.register(selector, SelectionKey.OP_READ, conversation);
            open.add(conversation);
        } catch (IOException e) {
            Conversation.closeQuietly(channel);
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void end() {
        open.forEach(Conversation::close);
        open.clear();
        try (selector;
                server) {
            LOG.debug("The server of the figures ends");
        } catch (IOException e) {
            LOG.debug("Closing the server of the figures", e);
        }
    }
}
