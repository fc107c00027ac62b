package org.offerstorm.lake.cli;

import java.io.IOException;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.restore.StoreRestore;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.tools.mapping.DataSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm lake restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Fills an empty or older Redis or Solr from the lake, through the sink's own code. The stream, which waits or goes"
                        + " on meanwhile, continues at the lake's offsets by itself. May be run again.",
        footer = {
            "",
            "Exit codes: 0 fine, 1 the store refused offers, 2 usage, 3 HDFS or the store cannot be reached.",
            "",
            "Examples:",
            "  offerstorm lake restore redis"
        })
public final class RestoreCommand implements Callable<Integer>, Audited {
    private static final double NANOS = 1e9;

    @Parameters(paramLabel = "redis|solr", description = "The store.")
    private Store store;

    @Mixin
    private LakeOptions options;

    @Spec
    private CommandSpec spec;

    /** Which can be filled. */
    enum Store {
        REDIS,
        SOLR
    }

    @Override
    public Integer call() {
        return options.with(this::restore);
    }

    private int restore(Lake lake) throws IOException, WrongTable, InterruptedException {
        long begin = System.nanoTime();
        LakeView view = new LakeView(lake.session().spark(), lake.tables());
        List<StagedLog.Stream> streams;
        try (StagedLog log = new StagedLog(lake.config().of(Hdfs.KIND))) {
            streams = log.streams();
        }
        SinkContext context = new SinkContext(0, 1, 1, lake.group(), InstantSource.system());
        StoreRestore.Result result;
        try (Sink sink = sink(lake, context)) {
            result = new StoreRestore(
                            lake.session().spark(),
                            view,
                            sink,
                            DataSets.of(lake.config()).fields(),
                            spec.commandLine().getErr()::println)
                    .run(streams);
        }
        lake.out()
                .printf(
                        Locale.ROOT,
                        "%,d offers, deleted ones too, written to %s in %.1f s; it holds everything up to %s.%n",
                        result.offers() - result.rejected(),
                        store.name().toLowerCase(Locale.ROOT),
                        (System.nanoTime() - begin) / NANOS,
                        view.offsets());
        lake.out().flush();
        return result.rejected() == 0 ? 0 : Failure.DIFFERENCE;
    }

    private Sink sink(Lake lake, SinkContext context) {
        return switch (store) {
            case REDIS -> sink(lake, Redis.KIND, context);
            case SOLR -> sink(lake, Solr.KIND, context);
        };
    }

    private static <C extends Record & Serializable> Sink sink(Lake lake, SinkKind<C> kind, SinkContext context) {
        return kind.factory(lake.config().of(kind), lake.config()).create(context);
    }
}
