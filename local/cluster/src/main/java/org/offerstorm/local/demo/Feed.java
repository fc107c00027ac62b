package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProduceResult;
import org.offerstorm.tools.produce.ProducerSettings;

/** Produces one file to the topic on its own thread. Any thread may call the other methods. */
final class Feed implements AutoCloseable {
    private final Path file;
    private final Mapping mapping;
    private final Thread thread;
    private volatile long handed;
    private volatile ProduceResult result;
    private volatile Exception failure;

    private Feed(SourceConfig source, Path file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
        this.thread = new Thread(() -> produce(source), "feed");
        thread.setDaemon(true);
    }

    /** @param mapping null: the file has offers as docs/input.md has them */
    static Feed start(SourceConfig source, Path file, Mapping mapping) {
        Feed feed = new Feed(source, file, mapping);
        feed.thread.start();
        return feed;
    }

    /** Records handed to Kafka's client so far. */
    long handed() {
        return handed;
    }

    /**
     * What was produced, when the file is through; null until then.
     *
     * @throws Failure if it could not be produced to its end
     */
    ProduceResult result() {
        Exception cause = failure;
        if (cause != null) {
            throw Failure.unreachable(
                    file + " could not be produced to its end: "
                            + (cause.getMessage() == null ? cause.toString() : cause.getMessage()),
                    cause);
        }
        return result;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private InputSource open() throws IOException {
        return mapping == null
                ? InputSource.open(file, InputFormat.AUTO, DataSource.intoNewFile(file.toString()))
                : InputSource.open(file, InputFormat.AUTO, mapping);
    }

    private void produce(SourceConfig source) {
        try (InputSource input = open();
                OfferProducer producer = OfferProducer.connect(ProducerSettings.of(source, 0))) {
            result = producer.produce(input.reader(), count -> handed = count);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }
}
