package org.offerstorm.bolts.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.storm.tuple.MessageId;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;

/**
 * Storm's acker, in memory: for each spout tuple the exclusive-or of the ids of all edges that were created and acked;
 * zero means that the whole tree is acked.
 */
final class AckTree {
    /** A spout's tuple that is not acked yet. */
    record Root(int spoutTask, Object messageId) {}

    /** Told of trees that ended. */
    interface Listener {
        void acked(Root root);

        void failed(Root root);
    }

    private final Random random;
    private final Listener listener;
    private final Map<Long, Root> roots = new LinkedHashMap<>();
    private final Map<Long, Long> values = new HashMap<>();
    /** Roots that are new, or whose time-out was reset, since time-outs were last looked for. */
    private final Set<Long> alive = new HashSet<>();

    AckTree(Random random, Listener listener) {
        this.random = random;
        this.listener = listener;
    }

    /** Registers a spout tuple that went over {@code edges} edges, and gives each edge its id. */
    MessageId[] plant(Root root, int edges) {
        long rootId = random.nextLong();
        MessageId[] ids = new MessageId[edges];
        long value = 0;
        for (int i = 0; i < edges; i++) {
            long edge = random.nextLong();
            value ^= edge;
            ids[i] = MessageId.makeRootId(rootId, edge);
        }
        roots.put(rootId, root);
        alive.add(rootId);
        values.put(rootId, value);
        if (value == 0) {
            end(rootId, true);
        }
        return ids;
    }

    /** A new edge below the anchors. */
    MessageId grow(Iterable<Tuple> anchors) {
        Map<Long, Long> anchorsToIds = new HashMap<>();
        for (Tuple anchor : anchors) {
            long edge = random.nextLong();
            ((TupleImpl) anchor).updateAckVal(edge);
            for (Long root : anchor.getMessageId().getAnchorsToIds().keySet()) {
                anchorsToIds.merge(root, edge, (a, b) -> a ^ b);
            }
        }
        return MessageId.makeId(anchorsToIds);
    }

    void ack(Tuple tuple) {
        long grown = ((TupleImpl) tuple).getAckVal();
        tuple.getMessageId().getAnchorsToIds().forEach((root, edge) -> {
            Long value = values.computeIfPresent(root, (id, old) -> old ^ edge ^ grown);
            if (value != null && value == 0) {
                end(root, true);
            }
        });
    }

    void fail(Tuple tuple) {
        tuple.getMessageId().getAnchorsToIds().keySet().forEach(root -> end(root, false));
    }

    /** Fails every tree that is still growing, as Storm's message time-out does. */
    void expireAll() {
        for (Long root : Map.copyOf(roots).keySet()) {
            end(root, false);
        }
    }

    /** The time-out of the tuple's roots begins again. */
    void resetTimeout(Tuple tuple) {
        alive.addAll(tuple.getMessageId().getAnchorsToIds().keySet());
    }

    /** Fails the trees whose time-out was not reset since the last call. */
    void expireForgotten() {
        for (Long root : List.copyOf(roots.keySet())) {
            if (!alive.contains(root)) {
                end(root, false);
            }
        }
        alive.clear();
    }

    int pending() {
        return roots.size();
    }

    private void end(Long rootId, boolean acked) {
        Root root = roots.remove(rootId);
        values.remove(rootId);
        if (root == null) {
            return;
        }
        if (acked) {
            listener.acked(root);
        } else {
            listener.failed(root);
        }
    }
}
