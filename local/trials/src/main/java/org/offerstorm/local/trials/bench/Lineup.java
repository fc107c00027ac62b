package org.offerstorm.local.trials.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final int LEAST_PARTITIONS = 4;

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
     * Makes the topic, with a partition or more for each core, and fills it.
     *
     * @return bytes of a value, on average
     */
    long fill(long seed, Mix mix, long total) {
        Stores none = stores("none");
        none.make(
                "--partitions",
                Integer.toString(Math.max(LEAST_PARTITIONS, Runtime.getRuntime().availableProcessors())));
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

    /**
     * Everybody once, in another order in every second round.
     *
     * @param classPaths of the neighbours, in their order
     */
    List<Contender> contenders(int round, Map<Neighbour, String> classPaths) {
        List<Contender> all = new ArrayList<>();
        all.add(topology(stores(sinks)));
        classPaths.forEach(
                (neighbour, classPath) -> all.add(neighbour(neighbour.title(), neighbour, classPath, stores(sinks))));
        String loop = classPaths.get(Neighbour.LOOP);
        if (loop != null && sinks.contains(",")) {
            for (String sink : sinks.split(",", -1)) {
                all.add(neighbour(sink + " alone", Neighbour.LOOP, loop, stores(sink)));
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

    private Contender neighbour(String name, Neighbour neighbour, String classPath, Stores stores) {
        String log = neighbour.title().toLowerCase(Locale.ROOT).replace(' ', '-') + ".log";
        return new NeighbourContender(
                name,
                neighbour,
                classPath,
                stores,
                cluster.directory().resolve("logs").resolve(log));
    }

    private Stores stores(String its) {
        return new Stores(commands, cluster.configuration(), ++number, its, settings);
    }
}
