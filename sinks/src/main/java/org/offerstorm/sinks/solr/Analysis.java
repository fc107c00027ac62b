package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.solr.common.util.NamedList;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * How texts become words: the chains of the schema's text types. A server that has an older chain than conf/solr/offers
 * answers every query, and finds less.
 */
final class Analysis {
    private static final Set<String> TEXTS = Set.of("solr.TextField", "solr.SortableTextField");
    private static final List<String> KINDS = List.of("charFilter", "tokenizer", "filter");

    private Analysis() {}

    /** A step of a chain: a filter or the tokenizer, with its parameters. */
    private record Step(String kind, String name, Map<String, String> parameters) {}

    /**
     * What differs from conf/solr/offers, for people; at most one difference for each chain.
     *
     * @param fieldTypes the answer of {@code /schema/fieldtypes}
     */
    static List<String> differences(NamedList<?> fieldTypes) throws IOException {
        List<String> differences = new ArrayList<>();
        for (Element type : Configset.fieldTypes()) {
            if (TEXTS.contains(type.getAttribute("class"))) {
                String name = type.getAttribute("name");
                NamedList<?> there = named(fieldTypes.get("fieldTypes"), name);
                for (Element analyzer : children(type, "analyzer")) {
                    String use = analyzer.getAttribute("type");
                    String difference = difference(steps(analyzer), steps(there, use));
                    if (difference != null) {
                        differences.add("type " + name + (use.isEmpty() ? "" : " (" + use + ")") + " " + difference);
                    }
                }
            }
        }
        return differences;
    }

    private static String difference(List<Step> wanted, List<Step> there) {
        for (int i = 0; i < wanted.size(); i++) {
            Step step = wanted.get(i);
            if (i >= there.size()
                    || !there.get(i).kind.equals(step.kind)
                    || !there.get(i).name.equals(step.name)) {
                return "has no " + step.kind + " " + step.name + " in its place";
            }
            for (Map.Entry<String, String> parameter : step.parameters.entrySet()) {
                String value = there.get(i).parameters.get(parameter.getKey());
                if (!parameter.getValue().equals(value)) {
                    return "has " + parameter.getKey() + " " + value + " in its " + step.kind + " " + step.name
                            + ", not " + parameter.getValue();
                }
            }
        }
        return there.size() > wanted.size() ? "has more filters" : null;
    }

    private static List<Step> steps(Element analyzer) {
        List<Step> steps = new ArrayList<>();
        for (String kind : KINDS) {
            for (Element element : children(analyzer, kind)) {
                Map<String, String> parameters = new TreeMap<>();
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    Node attribute = element.getAttributes().item(i);
                    parameters.put(attribute.getNodeName(), attribute.getNodeValue());
                }
                steps.add(step(kind, parameters));
            }
        }
        return steps;
    }

    private static List<Step> steps(NamedList<?> type, String use) {
        List<Step> steps = new ArrayList<>();
        Object own = type == null || use.isEmpty() ? null : type.get(use + "Analyzer");
        if ((own != null ? own : type == null ? null : type.get("analyzer")) instanceof NamedList<?> analyzer) {
            for (String kind : KINDS) {
                Object parts = analyzer.get(kind.equals("tokenizer") ? kind : kind + "s");
                for (Object part : parts instanceof List<?> list ? list : parts == null ? List.of() : List.of(parts)) {
                    if (part instanceof NamedList<?> values) {
                        Map<String, String> parameters = new TreeMap<>();
                        values.forEach((key, value) -> parameters.put(key, String.valueOf(value)));
                        steps.add(step(kind, parameters));
                    }
                }
            }
        }
        return steps;
    }

    private static Step step(String kind, Map<String, String> parameters) {
        return new Step(kind, String.valueOf(parameters.get("name")), parameters);
    }

    private static NamedList<?> named(Object types, String name) {
        if (types instanceof List<?> list) {
            for (Object type : list) {
                if (type instanceof NamedList<?> values && name.equals(values.get("name"))) {
                    return values;
                }
            }
        }
        return null;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
