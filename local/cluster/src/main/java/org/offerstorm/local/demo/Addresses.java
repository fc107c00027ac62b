package org.offerstorm.local.demo;

import java.io.IOException;
import java.util.Locale;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.dashboard.Dashboard;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.figures.FiguresPages;

/** Where everything of a running demo is, for people. */
final class Addresses {
    private Addresses() {}

    /** @param lake null if none is served */
    static String of(
            Pipeline pipeline, Dashboard dashboard, OfferIntake intake, String lake, DataDirectory directory, Logs logs)
            throws IOException {
        OfferstormConfig config = pipeline.config();
        return String.format(
                Locale.ROOT,
                """

                Dashboard   %s
                %s
                Figures     http://%s%s
                Kafka       %s   topics %s, %s%s
                Redis       %s
                Solr        %s/%s/select?q=*:*
                NameNode    %s%s   (%s/jmx)
                %s%sZooKeeper   %s   Storm's
                Data        %s
                Logs        %s
                """,
                dashboard.url(),
                intake.text(),
                pipeline.figuresAddress(),
                FiguresPages.FIGURES,
                config.source().bootstrapServers(),
                config.source().topic(),
                config.deadLetters().topic(),
                config.sinks().contains(Changes.KIND)
                        ? ", " + config.of(Changes.KIND).topic()
                        : "",
                config.of(Redis.KIND).uri(),
                config.of(Solr.KIND).url(),
                config.of(Solr.KIND).core(),
                config.of(Hdfs.KIND).uri(),
                config.of(Hdfs.KIND).directory(),
                pipeline.servers().hdfs().httpUri(),
                pipeline.servers()
                        .postgres()
                        .map(postgres -> "PostgreSQL  " + postgres.uri() + "\n")
                        .orElse(""),
                lake == null ? "" : "Lake        " + lake + "/counts?from=merged\n",
                pipeline.zooKeeperAddress(),
                directory.root(),
                logs.directory());
    }
}
