package org.offerstorm.tools.mapping;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.Document.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the categories that are counted, by the rules of the table of professions. */
final class CategoriesReader {
    static final int MAX_CATEGORIES = 5_000;
    /** In chars: it is a column's head in every table. */
    static final int MAX_LENGTH = 100;

    private static final Set<String> RESERVED = Set.of(Cell.NO_PROFESSION, Cell.OTHER);

    private final Document document;

    CategoriesReader(Document document) {
        this.document = document;
    }

    /** @param categories null if the mapping has none */
    Set<String> read(Entry categories) {
        Set<String> read = new LinkedHashSet<>();
        if (categories == null) {
            return read;
        }
        if (!(categories.value() instanceof SequenceNode list)) {
            document.wrong(
                    categories.value(),
                    categories.path(),
                    "is " + Document.kind(categories.value()) + "; write a list, such as [Health, Tech]");
            return read;
        }
        List<Node> nodes = list.getValue();
        if (nodes.size() > MAX_CATEGORIES) {
            document.wrong(
                    nodes.get(MAX_CATEGORIES),
                    categories.path(),
                    "lists " + nodes.size() + " categories; at most " + MAX_CATEGORIES
                            + ", so leave the rare ones out: they count as (other)");
            return read;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (Node node : nodes) {
            String category = document.text(node, categories.path(), "the name of a category");
            if (category == null) {
                continue;
            }
            String refusal = refusal(Blanks.strip(category));
            Integer first = lines.putIfAbsent(
                    NormalForm.of(category), node.getStartMark().getLine() + 1);
            if (refusal != null) {
                document.wrong(node, categories.path(), refusal);
            } else if (first != null) {
                document.wrong(
                        node,
                        categories.path(),
                        Quote.of(category) + " looks like the one in line " + first + "; remove one");
            }
            read.add(Blanks.strip(category));
        }
        return read;
    }

    /** Why a text without blanks at its ends cannot be a category; null if it can. */
    static String refusal(String category) {
        if (category.isEmpty()) {
            return "a category is blank; remove it";
        } else if (category.indexOf('|') >= 0) {
            return Quote.of(category) + " holds a '|', which separates category and continent; rename it, and let"
                    + " offer.category say so with values";
        } else if (category.chars().anyMatch(Character::isISOControl)) {
            return Quote.of(category) + " holds a control character; remove it";
        } else if (category.length() > MAX_LENGTH) {
            return Quote.of(category) + " has " + category.length() + " characters; at most " + MAX_LENGTH;
        } else if (RESERVED.contains(NormalForm.of(category))) {
            return Quote.of(category) + " is reserved for offers without a known category; remove it";
        }
        return null;
    }
}
