package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.sinks.changes.Changes;

/**
 * The broker is killed while a transaction of changes is open. A black hole keeps the commit away from it: then the state
 * that it reports is still true when it is killed.
 */
final class ChangesBrokerKill implements Fault {
    private static final String BROKER = "kafka-1";
    private static final Duration WITHIN = Duration.ofSeconds(60);
    /** For what the proxy had passed on before. */
    private static final Duration ARRIVED = Duration.ofMillis(200);

    @Override
    public String name() {
        return "changes-broker-kill";
    }

    @Override
    public String description() {
        return "The only Kafka broker gets SIGKILL between the records of a transaction of changes and its commit, and is"
                + " started again 10 s later. Every change is published once.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration takes() {
        return Duration.ofSeconds(40);
    }

    /** @throws Failure if no transaction was met */
    @Override
    public void inject(Site site) throws Exception {
        String id = Changes.transactionalId(site.direct().source().group());
        long deadline = System.nanoTime() + WITHIN.toNanos();
        try (Admin admin = KafkaServer.connect(site.direct())) {
            while (System.nanoTime() < deadline) {
                if (!isOpen(admin, id)) {
                    continue;
                }
                site.proxies().kafka().blackHole();
                Thread.sleep(ARRIVED.toMillis());
                if (isOpen(admin, id)) {
                    site.cluster().kill(BROKER);
                    site.log(name() + ": killed with an open transaction of " + id);
                    return;
                }
                site.proxies().kafka().pass();
                Thread.sleep(site.random().nextInt(1_000));
            }
        }
        throw Failure.unreachable(
                "no open transaction of " + id + " was met within " + WITHIN.toSeconds() + " s; does the stream flow?",
                null);
    }

    @Override
    public void heal(Site site) throws Exception {
        site.proxies().kafka().pass();
        site.cluster().start(List.of(BROKER));
    }

    private static boolean isOpen(Admin admin, String id)
            throws ExecutionException, InterruptedException, TimeoutException {
        return KafkaServer.get(admin.describeTransactions(List.of(id)).description(id))
                        .state()
                == TransactionState.ONGOING;
    }
}
