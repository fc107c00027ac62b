package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.generate.GeneratedOffers;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProducerSettings;

/** Which contenders run against each other, each with its own {@link Stores}. Used by one thread. */
final class Lineup {
    private final BenchCluster cluster;
    private final CommandRunner commands;
    private final String sinks;
    private final List<String> settings;
    private int number;

    /**
     * @param sinks as the command takes them
     * @param records of a run
     */
    Lineup(
            BenchCluster cluster,
            CommandRunner commands,
            String sinks,
            long records,
            int workers,
            List<String> settings) {
        this.cluster = cluster;
        this.commands = commands;
        this.sinks = sinks.equals("all") ? "hdfs,solr,redis" : sinks;
        this.settings = new ArrayList<>();
        // The layout of Redis' state is for this many offers, as a user with that many would configure it.
        this.settings.add("redis.expected-offers=" + Math.max(1_000_000, records));
        this.settings.addAll(settings);
        this.settings.add("topology.workers=" + workers);
    }

    /**
     * Makes the topic and fills it.
     *
     * @return bytes of a value, on average
     */
    long fill(long seed, Mix mix, long total) {
        Stores none = stores("none");
        none.make();
        OfferstormConfig config = none.config();
        long[] bytes = new long[1];
        OfferGenerator generator = new OfferGenerator(seed, ReferenceTable.of(config), mix, Profile.REAL);
        GeneratedOffers offers = new GeneratedOffers(generator, total, null) {
            @Override
            public Input.Item next() {
                Input.Item item = super.next();
                bytes[0] += item == null || item.value() == null ? 0 : item.value().length;
                return item;
            }
        };
        try (OfferProducer producer = OfferProducer.connect(ProducerSettings.of(config.source(), 0))) {
            producer.produce(offers);
        } catch (KafkaUnreachable e) {
            throw Failure.unreachable(e.getMessage(), e);
        }
        return bytes[0] / total;
    }

    /** Everybody once, in another order in every second round; or the topology alone. */
    List<Contender> contenders(int round, boolean loops) throws IOException {
        List<Contender> all = new ArrayList<>();
        all.add(topology(stores(sinks)));
        if (!loops) {
            return all;
        }
        all.add(loop(BenchReport.LOOP, stores(sinks)));
        if (sinks.contains(",")) {
            for (String sink : sinks.split(",", -1)) {
                all.add(loop(sink + " alone", stores(sink)));
            }
        }
        if (round % 2 == 0) {
            Collections.reverse(all);
        }
        return all;
    }

    TopologyContender topology(Stores stores) {
        return new TopologyContender(BenchReport.TOPOLOGY, cluster.directory(), commands, stores);
    }

    /** New ones for all sinks; not made yet. */
    Stores stores() {
        return stores(sinks);
    }

    private Contender loop(String name, Stores stores) {
        return new LoopContender(
                name, stores, cluster.directory().resolve("logs").resolve("plain-loop.log"));
    }

    private Stores stores(String its) {
        return new Stores(commands, cluster.configuration(), ++number, its, settings);
    }
}
