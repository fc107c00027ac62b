package org.offerstorm.sinks.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Upsert;

/**
 * What changes of one epoch do to the tables, given the newest version of each of their offers. Pure: it reads and writes nothing.
 *
 * <p>{@code valid_to} of a version is the earliest time of all newer ones. A change that is newer than all that is stored ends the
 * version that was current; the older ones have ended at the current one's time or before. Only if the change's time is
 * before that of the current version can an older one end earlier than before: then the offer's versions are gone over.
 */
final class ChunkPlan {
    private final List<VersionRow> rows = new ArrayList<>();
    private final List<String> outOfTime = new ArrayList<>();
    private final Map<Cell, Long> deltas = new HashMap<>();
    private boolean hasLate;
    private boolean hasDeletes;
    private boolean hasUpserts;
    private boolean closes;
    private boolean revives;

    private ChunkPlan() {}

    /**
     * Decides.
     *
     * @param stored newest versions by id; offers that are not known are absent
     */
    static ChunkPlan of(int epoch, List<Change> changes, Map<String, StoredVersion> stored) {
        Map<String, List<Change>> byId = new LinkedHashMap<>(changes.size() * 2);
        for (Change change : changes) {
            byId.computeIfAbsent(change.id(), id -> new ArrayList<>(1)).add(change);
        }
        ChunkPlan plan = new ChunkPlan();
        byId.forEach((id, versions) -> plan.add(epoch, id, versions, stored.get(id)));
        return plan;
    }

    /** All versions, each offer's in order. */
    List<VersionRow> rows() {
        return rows;
    }

    /** Offers with a new version whose time is before that of the version which was current. */
    List<String> outOfTime() {
        return outOfTime;
    }

    /** By how much the counts of cells move, in the order of the cells' keys; never zero. */
    Map<Cell, Long> deltas() {
        Map<Cell, Long> sorted = new TreeMap<>(Comparator.comparing(Cell::key));
        deltas.forEach((cell, delta) -> {
            if (delta != 0) {
                sorted.put(cell, delta);
            }
        });
        return sorted;
    }

    boolean hasLate() {
        return hasLate;
    }

    boolean hasFresh() {
        return hasUpserts || hasDeletes;
    }

    boolean hasUpserts() {
        return hasUpserts;
    }

    boolean hasDeletes() {
        return hasDeletes;
    }

    boolean closes() {
        return closes;
    }

    boolean revives() {
        return revives;
    }

    private void add(int epoch, String id, List<Change> versions, StoredVersion stored) {
        if (versions.size() > 1) {
            versions.sort(Comparator.comparingLong(change -> change.position().offset()));
        }
        int firstFresh = 0;
        while (firstFresh < versions.size()
                && stored != null
                && !stored.isOlderThan(
                        epoch, versions.get(firstFresh).position().offset())) {
            Change late = versions.get(firstFresh++);
            rows.add(new VersionRow(late, validFrom(late), null, true, false, false, null, 0));
            hasLate = true;
        }
        if (firstFresh < versions.size()) {
            addFresh(id, versions.subList(firstFresh, versions.size()), stored);
        }
    }

    private void addFresh(String id, List<Change> fresh, StoredVersion stored) {
        Change newest = fresh.get(fresh.size() - 1);
        VersionRow[] ordered = new VersionRow[fresh.size()];
        Long ends = null; // the earliest time of those after it
        for (int i = fresh.size() - 1; i >= 0; i--) {
            long from = validFrom(fresh.get(i));
            long earliest = ends == null ? from : Math.min(ends, from);
            boolean isLast = i == fresh.size() - 1;
            ordered[i] =
                    new VersionRow(fresh.get(i), from, ends, false, isLast, isLast, i == 0 ? stored : null, earliest);
            ends = earliest;
        }
        rows.addAll(List.of(ordered));
        if (stored != null) {
            closes = true;
            if (ends < stored.validFrom()) {
                outOfTime.add(id);
            }
            move(stored.cell(), -1);
        }
        if (newest instanceof Upsert upsert) {
            hasUpserts = true;
            revives |= stored != null && stored.cell() == null;
            move(upsert.cell(), 1);
        } else if (newest instanceof Delete) {
            hasDeletes = true;
        }
    }

    private void move(Cell cell, long by) {
        if (cell != null) {
            deltas.merge(cell, by, Long::sum);
        }
    }

    private static long validFrom(Change change) {
        return VersionTime.validFrom(change.position().timestampMillis());
    }
}
