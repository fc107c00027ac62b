package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import redis.clients.jedis.Jedis;

/** Redis comes back older than what it acknowledged. */
final class RedisLogCut implements Fault {
    private static final int SECONDS = 5;
    private static final int HALF_COMMAND = 100;

    @Override
    public String name() {
        return "redis-aof-cut";
    }

    @Override
    public String description() {
        return "Redis is killed, the last 5 s of its append-only file are cut off, and it is started again: acknowledged writes"
                + " are gone. Its coverage shows it, and they are made again from the topic.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void inject(Site site) throws Exception {
        Path log;
        long then;
        try (Jedis jedis = RedisServer.connect(site.direct())) {
            // Of this process: what begins a new file now would spoil the comparison.
            jedis.configSet("auto-aof-rewrite-percentage", "0");
            Waiting.until(
                    "Redis has rewritten its append-only file",
                    Duration.ofSeconds(30),
                    () -> RedisServer.info(jedis, "persistence", "aof_rewrite_in_progress") == 0
                            && RedisServer.info(jedis, "persistence", "aof_rewrite_scheduled") == 0);
            log = log(site.directory().resolve("redis"));
            then = Files.size(log);
            Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
        }
        site.cluster().kill("redis");
        long now = Files.size(log);
        long kept = Math.max(0, then - site.random().nextInt(HALF_COMMAND));
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(kept);
        }
        site.log("redis-aof-cut: " + (now - kept) + " of " + now + " bytes are cut off " + log.getFileName());
    }

    @Override
    public void heal(Site site) throws IOException {
        site.cluster().start("redis");
    }

    /** The file that grows: one up to Redis 6; since Redis 7 the last of those in a directory. */
    private static Path log(Path directory) throws IOException {
        Path single = directory.resolve("appendonly.aof");
        if (Files.isRegularFile(single)) {
            return single;
        }
        try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
            return files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .max(Comparator.comparing(RedisLogCut::number))
                    .orElseThrow(() -> new IOException("no .incr.aof in " + directory.resolve("appendonlydir")));
        }
    }

    /** 12 of {@code appendonly.aof.12.incr.aof}. */
    private static Long number(Path file) {
        String[] parts = file.getFileName().toString().split("\\.", -1);
        return Long.valueOf(parts[parts.length - 3]);
    }
}
