package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.changes.ChangesCounts;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresConfig;
import org.offerstorm.sinks.postgres.PostgresCounts;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisAdvice;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.tools.report.CountFormat;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.tools.report.TextTable;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm counts}: the table as a store holds it now. */
@Command(
        name = "counts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints the table category × continent: how many offers are live in each cell, as Redis counts them, or as"
                        + " another store has them.",
        footer = {
            "",
            "Exit codes: 0 fine, 2 usage, 3 the store cannot be reached.",
            "",
            "Examples:",
            "  offerstorm counts --redis redis://127.0.0.1:6379",
            "  offerstorm counts --format csv > counts.csv",
            "  offerstorm counts --from postgres",
            "  offerstorm counts --from changes",
            "",
            "With --at TIME, --from batch or --from merged the lake answers: 'offerstorm lake --help', docs/lake.md."
        })
public final class CountsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv, json or md. Default: ${DEFAULT-VALUE}.")
    private CountFormat format;

    @Option(
            names = "--from",
            paramLabel = "STORE",
            defaultValue = "redis",
            description =
                    "redis, postgres, or changes: all of the topic of changes is read. Default: ${DEFAULT-VALUE}.")
    private From from;

    @Option(
            names = "--redis",
            paramLabel = "URI",
            description =
                    "redis://[user:password@]host:port[/database], rediss://… or redis-sentinel://…. Default: what the"
                            + " configuration says.")
    private String redis;

    @Mixin
    private ConfigOptions config;

    /** Where the table is read; the names are the values of {@code --from}. */
    enum From {
        REDIS,
        POSTGRES,
        CHANGES
    }

    @Override
    public Integer call() {
        if (redis != null && from != From.REDIS) {
            throw Failure.usage("--redis is where --from redis reads; leave one of the two out");
        }
        CountTable table =
                switch (from) {
                    case REDIS -> fromRedis(redisConfig());
                    case POSTGRES -> fromPostgres(config.load().of(Postgres.KIND));
                    case CHANGES -> fromChanges(config.load());
                };
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.write(table, Terminals.width(TextTable.UNLIMITED)));
        out.flush();
        return 0;
    }

    private RedisConfig redisConfig() {
        return config.load("redis.uri", redis).of(Redis.KIND);
    }

    private CountTable fromChanges(OfferstormConfig all) {
        ChangesConfig changes = all.of(Changes.KIND);
        ChangesCounts counts = new ChangesCounts(changes, changes.servers(all));
        try {
            CountTable table = CountTable.of(counts.read());
            if (table.total() == 0) {
                spec.commandLine().getErr().println("no offers in " + counts.place() + " yet");
            }
            return table;
        } catch (IOException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) { // a secret, or the address that it makes
                throw Failure.usage(wrong.getMessage());
            }
            throw Failure.unreachable("the table cannot be read: " + e.getMessage(), e);
        }
    }

    private CountTable fromPostgres(PostgresConfig config) {
        try (PostgresCounts counts = new PostgresCounts(config)) {
            CountTable table = CountTable.of(counts.read());
            if (table.total() == 0) {
                spec.commandLine().getErr().println("no offers in " + counts.place() + " yet");
            }
            return table;
        } catch (IOException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) { // a secret, or the address that it makes
                throw Failure.usage(wrong.getMessage());
            }
            throw Failure.unreachable(
                    "the table cannot be read: " + e.getMessage() + "\n'doctor' looks at all servers", e);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private CountTable fromRedis(RedisConfig config) {
        try (RedisCounts counts = new RedisCounts(config)) {
            CountTable table = CountTable.of(counts.read());
            if (table.total() == 0 && !counts.hasState()) {
                spec.commandLine().getErr().println("no offers counted under " + counts.place() + " yet");
            }
            return table;
        } catch (IOException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) { // a secret, or the address that it makes
                throw Failure.usage(wrong.getMessage());
            }
            throw Failure.unreachable(
                    "the table cannot be read: " + e.getMessage()
                            + (RedisAdvice.of(e) == null
                                    ? "\nStart Redis (or a demo, which prints its address), or name another with --redis"
                                    : ""),
                    e);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }
}
