package org.offerstorm.core.parse;

import java.util.HashSet;

/**
 * Names seen in the objects that are open, one set for each depth, for finding duplicates. Reused for every record: an
 * offer without unknown fields puts nothing in. One thread.
 *
 * <p>Names that collide in their hash do no harm: {@link HashSet} orders such texts in a tree.
 */
final class FieldNames {
    /** A set that grew beyond this is given up, so that one odd record does not slow down all later clears. */
    private static final int KEPT_SIZE = 64;

    private final HashSet<String>[] byDepth;

    @SuppressWarnings({"unchecked", "rawtypes"})
    FieldNames(int depths) {
        byDepth = new HashSet[depths + 1];
    }

    /** An object opens at {@code depth}. */
    void open(int depth) {
        HashSet<String> names = byDepth[depth];
        if (names == null || names.size() > KEPT_SIZE) {
            byDepth[depth] = new HashSet<>();
        } else if (!names.isEmpty()) {
            names.clear();
        }
    }

    /** False if the object that is open at {@code depth} has had this name. */
    boolean add(int depth, String name) {
        return byDepth[depth].add(name);
    }
}
