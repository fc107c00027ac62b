package org.offerstorm.core.mapping;

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
import java.util.Map;
import java.util.function.UnaryOperator;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.UsualOffer;

/**
 * What an offer costs without a mapping, and by mappings: the thread's CPU time and bytes, in turn in one JVM, so that the
 * machine's speed cancels. {@code -Dofferstorm.offers=FILE}: NDJSON as {@code generate} writes it.
 */
public final class MappingComparison {
    private static final int ROUNDS = 9;
    private static final int OFFERS_A_ROUND = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MappingComparison() {}

    /** @param reference number of the contender that it is compared with */
    private record Contender(String name, RecordParser parser, List<SourceRecord> offers, int reference) {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        Path file = Path.of(System.getProperty(
                "offerstorm.offers", root.resolve("test-data/offers.ndjson").toString()));
        List<SourceRecord> plain = offers(file, line -> line);
        List<SourceRecord> renamed = offers(file, MappingComparison::renamed);
        // A field that no offer has makes the plain parser read strictly.
        List<SourceRecord> odd = offers(file, line -> line.replaceFirst("\\{", "{\"x\":1,"));
        List<SourceRecord> oddRenamed = offers(file, line -> renamed(line).replaceFirst("\\{", "{\"x\":1,"));
        List<Contender> contenders = List.of(
                new Contender("no mapping, the usual way", new OfferParser(), plain, 0),
                new Contender("fields renamed", renaming().parser(), renamed, 0),
                new Contender("no mapping, read strictly", new OfferParser(), odd, 2),
                new Contender(
                        "fields renamed, by the rules", renaming().parser().byRules(), oddRenamed, 2),
                new Contender("rules of all kinds", rich().parser(), oddRenamed, 2));
        double[][] nanos = new double[contenders.size()][ROUNDS];
        double[] bytes = new double[contenders.size()];
        for (int round = -2; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                double[] cost = cost(contenders.get(i));
                if (round >= 0) {
                    nanos[i][round] = cost[0];
                    bytes[i] = cost[1];
                }
            }
        }
        for (int i = 0; i < contenders.size(); i++) {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = nanos[i][round] / nanos[contenders.get(i).reference()][round];
            }
            Arrays.sort(ratios);
            double[] sorted = nanos[i].clone();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %,6.0f ns, %,6.0f bytes, %.2f times \"%s\" (%.2f to %.2f)%n",
                    contenders.get(i).name(),
                    sorted[ROUNDS / 2],
                    bytes[i],
                    ratios[ROUNDS / 2],
                    contenders.get(contenders.get(i).reference()).name(),
                    ratios[0],
                    ratios[ROUNDS - 1]);
        }
    }

    private static double[] cost(Contender contender) {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long nanos = THREADS.getCurrentThreadCpuTime();
        int accepted = 0;
        List<SourceRecord> offers = contender.offers();
        for (int i = 0; i < OFFERS_A_ROUND; i++) {
            accepted += contender.parser().parse(offers.get(i % offers.size())) instanceof Accepted ? 1 : 0;
        }
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
        if (accepted != OFFERS_A_ROUND) {
            throw new IllegalStateException(contender.name() + ": only " + accepted + " were accepted");
        }
        return new double[] {(double) nanos / OFFERS_A_ROUND, (double) bytes / OFFERS_A_ROUND};
    }

    private static Mappings renaming() {
        Mappings mappings = Mappings.empty();
        UsualOffer.NAMES.forEach(name -> mappings.with(StandardField.of(name), otherName(name)));
        return mappings;
    }

    private static Mappings rich() {
        Mappings mappings = Mappings.empty();
        UsualOffer.NAMES.forEach(name -> mappings.with(StandardField.of(name), Mappings.at("absent", otherName(name))));
        return mappings.with(
                        StandardField.CONTRACT_TYPE,
                        Mappings.table(otherName("contract_type"), Map.of("FULL_TIME", "full", "*", "other")))
                .with(StandardField.DESCRIPTION, Mappings.join("\n", true, otherName("description"), "more"))
                .with(StandardField.CITY, Mappings.otherwise("/place/city", "Paris"))
                .with("job", FieldType.INTEGER, Mappings.at(otherName("profession_id")))
                .with("tags", FieldType.KEYWORDS, Mappings.at("/tags/*/name"))
                .deletedIf("state", "closed");
    }

    private static String otherName(String field) {
        return Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    private static String renamed(String line) {
        String renamed = line;
        for (String name : UsualOffer.NAMES) {
            renamed = renamed.replace("\"" + name + "\":", "\"" + otherName(name) + "\":");
        }
        return renamed;
    }

    private static List<SourceRecord> offers(Path file, UnaryOperator<String> change) throws IOException {
        OfferParser plain = new OfferParser();
        List<SourceRecord> offers = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            String id = line.substring(start, end);
            if (plain.parse(Mappings.record(id, line)) instanceof Accepted accepted
                    && accepted.change() instanceof Upsert) {
                offers.add(Mappings.record(id, change.apply(line)));
            }
        }
        return offers;
    }
}
