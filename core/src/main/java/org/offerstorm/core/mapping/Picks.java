package org.offerstorm.core.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.parse.DocumentReader;
import org.offerstorm.core.parse.Limits;

/**
 * The values at a set of pointers, picked from a record while it is read; nothing else of it is kept. The pointers are
 * compiled into a tree of steps, so that the cost of a value does not grow with their number. One thread; reused for every
 * record.
 */
final class Picks implements DocumentReader.Visitor {
    private static final int KNOWN_NAMES = 64;

    private final Map<Pointer, Integer> slots = new HashMap<>();
    private final Step root;

    /** What the record has at each pointer; null if nothing, {@link Node.Items} if it has a step for each. */
    private final Node[] picked;
    /** Of pointers with a step for each element: all that they hit; null for others. */
    private final List<Node>[] all;

    /** Of each open object or array: the step whose children its values may match; null if none can. */
    private final Step[] open = new Step[Limits.DEPTH + 2];
    /** Of each open object or array: number of the next element; -1 for an object. */
    private final int[] next = new int[Limits.DEPTH + 2];
    /** Of each open object or array that is kept as a whole; null if it is not. */
    private final Node[] kept = new Node[Limits.DEPTH + 2];
    /** In each open object: the name whose value comes next. */
    private final String[] names = new String[Limits.DEPTH + 2];

    /** Where the value that comes next in an object is; null if no pointer leads there. */
    private Step named;

    /** One place in a record. */
    private static final class Step {
        /** Pointers that end here. */
        private int[] slots = {};
        /** Children by name, in an object; the numbers of the first 64 find repeated names. */
        private final Map<String, Child> byName = new HashMap<>();
        /** Children by index, in an array, where another than {@link #each} counts. */
        private final Map<Integer, Step> byIndex = new HashMap<>();
        /** The child for every element of an array; null if none. */
        private Step each;

        Step element(int index) {
            Step step = byIndex.isEmpty() ? null : byIndex.get(index);
            return step == null ? each : step;
        }
    }

    private record Child(Step step, int number) {}

    /** The pointers' steps as they are written; a place may match several. */
    private static final class Written {
        private final Map<String, Written> children = new LinkedHashMap<>();
        private final List<Integer> slots = new ArrayList<>();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    Picks(Set<Pointer> pointers) {
        Written written = new Written();
        all = new List[pointers.size()];
        for (Pointer pointer : pointers) {
            int slot = slots.size();
            slots.put(pointer, slot);
            Written at = written;
            for (String step : pointer.steps()) {
                at = at.children.computeIfAbsent(step, name -> new Written());
            }
            at.slots.add(slot);
            if (pointer.steps().contains(Pointer.EACH)) {
                all[slot] = new ArrayList<>();
            }
        }
        picked = new Node[slots.size()];
        root = compile(List.of(written));
    }

    /** One step for all that a place matches. */
    private static Step compile(List<Written> places) {
        Step step = new Step();
        step.slots = places.stream()
                .flatMap(place -> place.slots.stream())
                .mapToInt(Integer::intValue)
                .toArray();
        Set<String> names = new LinkedHashSet<>();
        places.forEach(place -> names.addAll(place.children.keySet()));
        for (String name : names) {
            int number = step.byName.size();
            // In an object the name * is a name like others.
            step.byName.put(name, new Child(compile(children(places, name)), number < KNOWN_NAMES ? number : -1));
            int index = index(name);
            if (index >= 0) {
                List<Written> matching = children(places, name);
                matching.addAll(children(places, Pointer.EACH));
                step.byIndex.put(index, compile(matching));
            }
        }
        if (names.contains(Pointer.EACH)) {
            step.each = compile(children(places, Pointer.EACH));
        }
        return step;
    }

    private static List<Written> children(List<Written> places, String name) {
        List<Written> children = new ArrayList<>();
        for (Written place : places) {
            Written child = place.children.get(name);
            if (child != null) {
                children.add(child);
            }
        }
        return children;
    }

    /** The index that a step may be, by RFC 6901: without leading zeros; -1 if it is none. No array is longer than 5 digits. */
    private static int index(String step) {
        return step.matches("0|[1-9][0-9]{0,4}") ? Integer.parseInt(step) : -1;
    }

    int slot(Pointer pointer) {
        return slots.get(pointer);
    }

    /** Whether the pointer has a step for each element, so that its value is an array of all that it hit. */
    boolean isOfEach(int slot) {
        return all[slot] != null;
    }

    /** The value at a pointer of the record that was read last; null if it is absent. */
    Node get(int slot) {
        List<Node> values = all[slot];
        if (values == null) {
            return picked[slot];
        }
        return values.isEmpty() ? null : new Node.Items(values);
    }

    /** Forgets the last record; the next may be read. */
    void begin() {
        for (int slot = 0; slot < picked.length; slot++) {
            picked[slot] = null;
            if (all[slot] != null && !all[slot].isEmpty()) {
                all[slot] = new ArrayList<>();
            }
        }
        open[1] = root;
        next[1] = -1;
        kept[1] = root.slots.length > 0 ? new Node.Fields(new LinkedHashMap<>()) : null;
        put(root, kept[1]);
        named = null;
    }

    /** Picks from a record that is there as a tree. */
    void read(Node record) {
        begin();
        pick(record, root);
    }

    private void pick(Node node, Step step) {
        put(step, node);
        if (node instanceof Node.Fields fields) {
            step.byName.forEach((name, child) -> {
                Node value = fields.values().get(name);
                if (value != null) {
                    pick(value, child.step);
                }
            });
        } else if (node instanceof Node.Items items && (step.each != null || !step.byIndex.isEmpty())) {
            for (int i = 0; i < items.values().size(); i++) {
                Step element = step.element(i);
                Node value = items.values().get(i);
                if (element != null && value != null) {
                    pick(value, element);
                }
            }
        }
    }

    private void put(Step step, Node value) {
        for (int slot : step.slots) {
            if (all[slot] != null) {
                all[slot].add(value);
            } else {
                picked[slot] = value;
            }
        }
    }

    @Override
    public int name(String name, int depth) {
        names[depth] = name;
        Step object = open[depth];
        Child child = object == null ? null : object.byName.get(name);
        named = child == null ? null : child.step;
        return child == null ? -1 : child.number;
    }

    @Override
    public void scalar(JsonParser json, JsonToken token, int depth) throws IOException {
        Step step = step(depth);
        boolean wanted = step != null && step.slots.length > 0;
        if (!wanted && kept[depth] == null) {
            return;
        }
        Node value =
                switch (token) {
                    case VALUE_STRING -> new Node.Text(json.getText());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Num(json.getText());
                    case VALUE_TRUE -> Node.TRUE;
                    case VALUE_FALSE -> Node.FALSE;
                    default -> null;
                };
        keep(value, depth);
        if (wanted && value != null) {
            put(step, value);
        }
    }

    @Override
    public void open(JsonParser json, JsonToken token, int depth) {
        Step step = step(depth);
        int inner = depth + 1;
        boolean object = token == JsonToken.START_OBJECT;
        Node whole = null;
        if (kept[depth] != null || (step != null && step.slots.length > 0)) {
            whole = object ? new Node.Fields(new LinkedHashMap<>()) : new Node.Items(new ArrayList<>());
            keep(whole, depth);
            if (step != null) {
                put(step, whole);
            }
        }
        open[inner] = step;
        next[inner] = object ? -1 : 0;
        kept[inner] = whole;
    }

    @Override
    public void close(int depth) {
        kept[depth] = null;
    }

    /** Where the value is that begins now, in the object or array of this depth. */
    private Step step(int depth) {
        int index = next[depth];
        if (index < 0) {
            return named;
        }
        next[depth] = index + 1;
        Step array = open[depth];
        return array == null ? null : array.element(index);
    }

    private void keep(Node value, int depth) {
        if (kept[depth] instanceof Node.Fields fields) {
            fields.values().put(names[depth], value);
        } else if (kept[depth] instanceof Node.Items items) {
            items.values().add(value);
        }
    }
}
