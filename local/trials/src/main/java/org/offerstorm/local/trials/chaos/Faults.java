package org.offerstorm.local.trials.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.local.trials.chaos.crash.CrashFault;
import org.offerstorm.local.trials.chaos.fault.LakeKill;
import org.offerstorm.local.trials.chaos.fault.LakeTwice;
import org.offerstorm.local.trials.chaos.fault.StateAndNetworkFaults;
import org.offerstorm.local.trials.chaos.process.EverythingKill;
import org.offerstorm.local.trials.chaos.process.ServerFault;
import org.offerstorm.local.trials.chaos.process.WorkerKill;
import org.offerstorm.local.trials.chaos.process.WorkerKillTen;
import org.offerstorm.local.trials.chaos.process.ZombieWorker;
import org.offerstorm.local.trials.chaos.process.ZooKeeperKill;
import org.offerstorm.local.trials.chaos.site.Fault;

/** All faults that a plan may draw. */
public final class Faults {
    private static final List<Supplier<Fault>> OF_PROCESSES = List.of(
            WorkerKill::new,
            WorkerKillTen::new,
            ZombieWorker::new,
            ServerFault::redisKill,
            ServerFault::redisPause,
            ServerFault::postgresKill,
            ServerFault::solrKill,
            ServerFault::solrPause,
            ServerFault::dataNodeKill,
            ServerFault::dataNodeStop,
            ServerFault::dataNodePause,
            ServerFault::nameNodeRestart,
            ServerFault::brokerKill,
            ZooKeeperKill::new,
            ServerFault::nimbusKill,
            ServerFault::supervisorKill,
            EverythingKill::new);

    private static final List<Supplier<Fault>> OF_LAKE = List.of(LakeKill::new, LakeTwice::new);

    private static final List<Supplier<Fault>> ALL = Stream.of(
                    OF_PROCESSES, StateAndNetworkFaults.all(), CrashFault.all(), OF_LAKE)
            .flatMap(List::stream)
            .toList();

    private Faults() {}

    /** In the order of {@code --list}; each makes a new fault, for one step. */
    public static List<Supplier<Fault>> all() {
        return ALL;
    }

    /** All of them by name. */
    static Map<String, Supplier<Fault>> byName() {
        Map<String, Supplier<Fault>> byName = new LinkedHashMap<>();
        for (Supplier<Fault> fault : ALL) {
            if (byName.put(fault.get().name(), fault) != null) {
                throw new IllegalStateException(
                        "two faults are named " + fault.get().name());
            }
        }
        return byName;
    }

    /** A line for each: its name, and what it does. */
    public static String explain(Map<String, Supplier<Fault>> faults) {
        int width = ReportText.width(List.copyOf(faults.keySet()));
        StringBuilder text = new StringBuilder();
        faults.values().stream().map(Supplier::get).forEach(fault -> text.append(
                        String.format(Locale.ROOT, "%-" + width + "s  ", fault.name()))
                .append(fault.description())
                .append('\n'));
        return text.toString();
    }

    /**
     * Those of a user's choice.
     *
     * @param names empty: all
     * @throws Failure if no fault has the name; the message names the nearest
     */
    public static Map<String, Supplier<Fault>> chosen(Collection<String> names) {
        Map<String, Supplier<Fault>> all = byName();
        if (names.isEmpty()) {
            return all;
        }
        Map<String, Supplier<Fault>> chosen = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            String plain = name.strip();
            if (all.containsKey(plain)) {
                chosen.put(plain, all.get(plain));
            } else {
                unknown.add("'" + plain + "'"
                        + Nearest.of(plain, all.keySet())
                                .map(nearest -> " (did you mean " + nearest + "?)")
                                .orElse(""));
            }
        }
        if (!unknown.isEmpty()) {
            throw Failure.usage("there is no fault " + String.join(", no fault ", unknown)
                    + "; 'offerstorm chaos --list' shows all");
        }
        return chosen;
    }

    /**
     * As {@link #chosen(Collection)}, for a run.
     *
     * @param lake whether it has a lake; without one, all are those that need none
     * @param secure whether its wires are closed; all are then those that need not read what is sent
     * @throws Failure also if one of the names is of the others
     */
    public static Map<String, Supplier<Fault>> chosen(Collection<String> names, boolean lake, boolean secure) {
        Map<String, Supplier<Fault>> chosen = new LinkedHashMap<>(chosen(names));
        if (!lake) {
            leaveOut(chosen, Fault::needsLake, names, "only with --lake");
        }
        if (secure) {
            leaveOut(chosen, Fault::readsRequests, names, "not with --secure");
        }
        return chosen;
    }

    private static void leaveOut(
            Map<String, Supplier<Fault>> chosen, Predicate<Fault> those, Collection<String> names, String why) {
        List<String> without = chosen.keySet().stream()
                .filter(name -> those.test(chosen.get(name).get()))
                .toList();
        if (!names.isEmpty() && !without.isEmpty()) {
            throw Failure.usage(String.join(", ", without) + ": " + why);
        }
        without.forEach(chosen::remove);
    }
}
