package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.core.text.Quote;

/**
 * Whether the core of the offers takes the sink's documents, keeps them, and keeps the newest. Writes one document, of the
 * sink's own kind: its id is blank, and no user finds it.
 */
public final class SolrHealth implements Check {
    private static final String NAME = "solr";
    private static final String SETUP = "run 'offerstorm setup'";
    private static final String CONFIGSET = "make the core from conf/solr/offers, or name another in solr.core";
    private static final String RELOAD =
            "copy the files of conf/solr/offers over those that the core was made from, and reload it";
    /** Beyond the numbers of the topology's tasks, each of which has its own document. */
    private static final int TASK = 1_000;

    private static final int NOT_FOUND = 404;
    /** Type of ids whose format offerstorm-solr.jar brings (deploy/solr). */
    private static final String FILTERED_ID = "filteredId";

    /** Of titles: separate accents, joiners, the narrow blank, accents on Greek and Cyrillic. No word of this schema has one. */
    private static final String OLD_WORDS = ".*[\u0300-\u036F\u200C\u200D\u202Fάέήίόύώϊϋΐΰςйёїў].*";

    private final SolrConfig config;
    private final Supplier<Optional<Source>> source;
    private final InstantSource clock;
    private final SolrCore core;
    private boolean idsAreFiltered;

    /**
     * Does not connect.
     *
     * @param source the stream that is to be indexed; empty if it is not known. May take its time
     * @throws IllegalArgumentException if {@code solr.url} is not an http address
     */
    public SolrHealth(SolrConfig config, Supplier<Optional<Source>> source, InstantSource clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.core = new SolrCore(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return core.address();
    }

    @Override
    public void run(Consumer<Finding> found) {
        if (!handlersAnswer(found)) {
            return;
        }
        boolean schemaFits = schemaFits(found);
        boolean versionsFit = configurationFits(found);
        if (schemaFits && versionsFit) { // else it may be somebody else's core
            write(found);
            stored(found);
            wordsFit(found);
        }
    }

    /** Offers that were indexed by an older schema keep the words that it made, until they are written again. */
    private void wordsFit(Consumer<Finding> found) {
        try {
            NamedList<?> answer = core.get(
                    "/terms",
                    Map.of("terms.fl", "words", "terms.regex", OLD_WORDS, "terms.limit", "1"),
                    Deadline.after(config.timeout()));
            if (answer.get("terms") instanceof NamedList<?> terms
                    && terms.get("words") instanceof NamedList<?> words
                    && words.size() > 0) {
                found.accept(Finding.warn(
                        "solr words",
                        where(),
                        "has offers of an older schema, with words that no search finds, " + Quote.of(words.getName(0))
                                + " is one",
                        "to find these offers too, fill a new core (deploy/README.md, Solr's schema); later offers are"
                                + " found"));
            }
        } catch (IOException e) {
            // not permitted, or too many words for now: a word more would be said, and nothing depends on it
        }
    }

    private boolean handlersAnswer(Consumer<Finding> found) {
        Deadline deadline = Deadline.after(config.timeout());
        try {
            core.get("/select", Map.of("rows", "0"), deadline);
        } catch (IOException e) {
            if (e.getCause() instanceof Secrets.Unresolved unresolved) {
                fail(found, NAME, unresolved, unresolved.fix("solr.url"));
            } else if (e instanceof SolrOutage outage && outage.status() == NOT_FOUND) {
                found.accept(Finding.fail(
                        "solr core", where(), "there is no core " + core.name(), SETUP + ", or correct solr.core"));
            } else if (SolrOutage.tlsAdvice(e) != null) {
                found.accept(Finding.fail(
                        NAME, where(), "TLS fails: " + Messages.of(e.getCause()), SolrOutage.tlsAdvice(e)));
            } else if (e instanceof SolrOutage outage && outage.status() == 0) {
                fail(found, NAME, e, "start Solr there, or correct solr.url");
            } else {
                fail(found, "solr /select", e, "see Solr's log");
            }
            return false;
        }
        found.accept(Finding.ok(NAME, where(), "core " + core.name() + " answers" + version(deadline)));
        try {
            core.get("/verify", Map.of("rows", "0"), deadline);
            found.accept(Finding.ok("solr handlers", where(), "/select and /verify answer"));
        } catch (IOException e) {
            fail(found, "solr handlers", e, CONFIGSET);
        }
        return true;
    }

    private String version(Deadline deadline) {
        try {
            NamedList<?> info = core.getFromNode("/admin/info/system", Map.of(), deadline);
            Object version = info.get("lucene") instanceof NamedList<?> lucene ? lucene.get("solr-spec-version") : "";
            return ", Solr " + version + ("solrcloud".equals(info.get("mode")) ? ", cloud mode" : "");
        } catch (IOException e) {
            return ""; // not permitted; the sink does not need it
        }
    }

    private boolean schemaFits(Consumer<Finding> found) {
        String name = "solr schema";
        Deadline deadline = Deadline.after(config.timeout());
        List<String> wrong = new ArrayList<>();
        List<String> lesser = new ArrayList<>();
        boolean isOlder;
        try {
            Object key = core.get("/schema/uniquekey", Map.of(), deadline).get("uniqueKey");
            if (!OfferFields.ID.equals(key)) {
                wrong.add("the unique key is " + key + ", not " + OfferFields.ID);
            }
            Map<String, NamedList<?>> fields = fields(deadline);
            idsAreFiltered = fields.containsKey(OfferFields.ID)
                    && FILTERED_ID.equals(fields.get(OfferFields.ID).get("type"));
            for (Configset.Field field : Configset.fields().values()) {
                if (fields.containsKey(field.name()) || !OfferFields.isNewer(field.name())) {
                    compare(field, fields.get(field.name()), wrong, lesser);
                }
            }
            isOlder = wrong.isEmpty() && addNewer(fields, wrong);
            if (wrong.isEmpty()) {
                lesser.addAll(Analysis.differences(core.get("/schema/fieldtypes", Map.of(), deadline)));
            }
        } catch (IOException e) {
            fail(found, name, e, "permit the user in solr.url to read the schema");
            return false;
        }
        if (!wrong.isEmpty()) {
            found.accept(Finding.fail(name, where(), String.join("; ", wrong), isOlder ? RELOAD : CONFIGSET));
        } else if (!lesser.isEmpty()) {
            found.accept(Finding.warn(
                    name,
                    where(),
                    "differs from conf/solr/offers: " + String.join("; ", lesser),
                    "unless that is intended, " + RELOAD));
        } else {
            found.accept(Finding.ok(
                    name,
                    where(),
                    "has every field of conf/solr/offers; "
                            + (idsAreFiltered
                                    ? "ids have a filter"
                                    : "ids have no filter: with offerstorm-solr.jar in Solr an update costs a third less"
                                            + " (deploy/README.md)")));
        }
        return wrong.isEmpty();
    }

    /** Says which fields of details the schema has not; whether there are any, and nothing else is wrong. */
    private static boolean addNewer(Map<String, NamedList<?>> fields, List<String> wrong) throws IOException {
        List<String> missing = Configset.fields().keySet().stream()
                .filter(name -> !fields.containsKey(name))
                .toList();
        if (missing.isEmpty()) {
            return false;
        }
        wrong.add("the schema is of an older version, without " + String.join(", ", missing)
                + ": the first offer that has one of these would hold the stream");
        return true;
    }

    private Map<String, NamedList<?>> fields(Deadline deadline) throws IOException {
        Map<String, NamedList<?>> fields = new HashMap<>();
        for (String kind : List.of("fields", "dynamicFields")) {
            String handler = "/schema/" + kind.toLowerCase(Locale.ROOT);
            if (core.get(handler, Map.of("showDefaults", "true"), deadline).get(kind) instanceof List<?> list) {
                for (Object entry : list) {
                    if (entry instanceof NamedList<?> field) {
                        fields.put(String.valueOf(field.get("name")), field);
                    }
                }
            }
        }
        return fields;
    }

    private static void compare(Configset.Field wanted, NamedList<?> field, List<String> wrong, List<String> lesser) {
        if (field == null) {
            wrong.add("field " + wanted.name() + " is missing");
            return;
        }
        boolean filtered =
                wanted.name().equals(OfferFields.ID) && FILTERED_ID.equals(field.get("type")); // as good as string
        if (!filtered && !wanted.type().equals(field.get("type"))) {
            wrong.add("field " + wanted.name() + " has type " + field.get("type") + ", not " + wanted.type());
        }
        if (wanted.indexed() != Boolean.TRUE.equals(field.get("indexed"))
                || wanted.stored() != Boolean.TRUE.equals(field.get("stored"))
                || wanted.docValues() != Boolean.TRUE.equals(field.get("docValues"))) {
            lesser.add("field " + wanted.name() + " is indexed " + field.get("indexed") + ", stored "
                    + field.get("stored") + ", docValues " + field.get("docValues"));
        }
    }

    private boolean configurationFits(Consumer<Finding> found) {
        String name = "solr update log";
        try {
            NamedList<?> answer = core.get("/config", Map.of(), Deadline.after(config.timeout()));
            SolrSettings settings = SolrSettings.of(answer);
            if (!settings.syncLevel().equals("FSYNC")) {
                found.accept(Finding.fail(
                        name,
                        where(),
                        "syncLevel is " + settings.syncLevel()
                                + ", so an acknowledged offer may be lost when Solr is killed",
                        "set <str name=\"syncLevel\">FSYNC</str> in <updateLog> of solrconfig.xml, as in"
                                + " conf/solr/offers, and reload the core"));
            } else {
                found.accept(Finding.ok(name, where(), "syncLevel FSYNC"));
            }
            if (!settings.comparesVersions()) {
                found.accept(Finding.fail(
                        "solr versions",
                        where(),
                        "the default update chain has no DocBasedVersionConstraintsProcessorFactory, so a replay would"
                                + " bring old offers back",
                        CONFIGSET));
                return false;
            }
            return true;
        } catch (IOException e) {
            fail(found, name, e, "permit the user in solr.url to read the configuration");
            return false;
        }
    }

    private void write(Consumer<Finding> found) {
        String name = "solr write";
        Probe probe = new Probe(core, TASK, clock);
        Deadline deadline = Deadline.after(config.timeout());
        try {
            probe.write(false, deadline); // with details it would bring their fields into an index that has none
            if (!probe.dropsStale(deadline)) {
                found.accept(Finding.fail(
                        "solr versions",
                        where(),
                        "an older version of a document was not dropped",
                        "set ignoreOldUpdates and versionField of the version processor as in conf/solr/offers"));
                return;
            }
            found.accept(Finding.ok(name, where(), "a document was taken, its older version dropped"));
        } catch (IOException e) {
            fail(found, name, e, "see Solr's log; its disk may be full, or the user in solr.url may not update");
            return;
        }
        if (idsAreFiltered) {
            writeSegment(found);
        }
    }

    /** Solr looks for the format of ids only when it writes a segment, seconds after it took the documents. */
    private void writeSegment(Consumer<Finding> found) {
        try {
            core.get("/update", Map.of("softCommit", "true"), Deadline.after(config.timeout()));
        } catch (IOException e) {
            found.accept(Finding.fail(
                    "solr ids",
                    where(),
                    "ids should have a filter, but Solr cannot write a segment (" + e.getMessage()
                            + "; its log says more)",
                    "put offerstorm-solr.jar into Solr's lib directory and start Solr again, or take"
                            + " -Dofferstorm.solr.idType away"));
        }
    }

    private void stored(Consumer<Finding> found) {
        Optional<Source> stream = source.get();
        if (stream.isEmpty()) {
            return;
        }
        String name = "solr state";
        try {
            boolean known = new SourceGuard(core).isOf(stream.get(), Deadline.after(config.timeout()));
            found.accept(Finding.ok(
                    name, where(), known ? "is filled from this topic" : "nothing of this topic is indexed yet"));
        } catch (IOException e) {
            fail(found, name, e, "see what solr.core and source.epoch must be");
        }
    }

    private void fail(Consumer<Finding> found, String name, Exception problem, String fix) {
        found.accept(Finding.fail(name, where(), problem.getMessage(), fix));
    }
}
