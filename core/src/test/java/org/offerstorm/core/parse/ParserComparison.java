package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;

/**
 * What an offer costs with the short way for usual documents, and read strictly: the thread's CPU time and bytes, in turn in
 * one JVM, so that the machine's speed cancels. {@code -Dofferstorm.offers=FILE}: NDJSON as {@code generate} writes it.
 */
public final class ParserComparison {
    private static final int ROUNDS = 9;
    private static final int OFFERS_A_ROUND = 400_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Cost(double nanos, double bytes) {}

    private ParserComparison() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        Path file = Path.of(System.getProperty(
                "offerstorm.offers", root.resolve("test-data/offers.ndjson").toString()));
        List<SourceRecord> offers = offers(file);
        OfferParser usual = new OfferParser();
        OfferParser strict = OfferParser.strict();
        cost(usual, offers);
        cost(strict, offers);
        double[] ratios = new double[ROUNDS];
        double[] usualNanos = new double[ROUNDS];
        double[] strictNanos = new double[ROUNDS];
        Cost last = null;
        Cost lastStrict = null;
        for (int round = 0; round < ROUNDS; round++) {
            last = cost(usual, offers);
            lastStrict = cost(strict, offers);
            usualNanos[round] = last.nanos();
            strictNanos[round] = lastStrict.nanos();
            ratios[round] = last.nanos() / lastStrict.nanos();
        }
        Arrays.sort(ratios);
        Arrays.sort(usualNanos);
        Arrays.sort(strictNanos);
        System.out.printf(
                Locale.ROOT,
                "%,d offers of %s, %d rounds of %,d%n"
                        + "usual way:       %,.0f ns (%,.0f to %,.0f), %,.0f bytes%n"
                        + "strict reading:  %,.0f ns (%,.0f to %,.0f), %,.0f bytes%n"
                        + "ratio in CPU:    %.2f (%.2f to %.2f)%n",
                offers.size(),
                file.getFileName(),
                ROUNDS,
                OFFERS_A_ROUND,
                usualNanos[ROUNDS / 2],
                usualNanos[0],
                usualNanos[ROUNDS - 1],
                last.bytes(),
                strictNanos[ROUNDS / 2],
                strictNanos[0],
                strictNanos[ROUNDS - 1],
                lastStrict.bytes(),
                ratios[ROUNDS / 2],
                ratios[0],
                ratios[ROUNDS - 1]);
    }

    private static Cost cost(OfferParser parser, List<SourceRecord> offers) {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long nanos = THREADS.getCurrentThreadCpuTime();
        int accepted = 0;
        for (int i = 0; i < OFFERS_A_ROUND; i++) {
            accepted += parser.parse(offers.get(i % offers.size())) instanceof Accepted ? 1 : 0;
        }
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
        if (accepted != OFFERS_A_ROUND) {
            throw new IllegalStateException("only " + accepted + " of " + OFFERS_A_ROUND + " were accepted");
        }
        return new Cost((double) nanos / OFFERS_A_ROUND, (double) bytes / OFFERS_A_ROUND);
    }

    private static List<SourceRecord> offers(Path file) throws IOException {
        OfferParser strict = OfferParser.strict();
        List<SourceRecord> offers = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            SourceRecord record = new SourceRecord(
                    new SourcePosition(0, offers.size(), 0),
                    line.substring(start, end).getBytes(UTF_8),
                    line.getBytes(UTF_8));
            if (strict.parse(record) instanceof Accepted accepted && accepted.change() instanceof Upsert) {
                offers.add(record);
            }
        }
        return offers;
    }
}
