package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.sink.SetupStep;

/** Makes the core or, in cloud mode, the collection of the offers. Used by {@code setup}, on one thread. */
public final class SolrSetup implements SetupStep {
    /** A core's first start reads its schema; a collection waits for its leader. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> COLLECTION = Map.of(
            "action", "CREATE", "numShards", "1", "replicationFactor", "1", "collection.configName", Configset.NAME);

    private final SolrConfig config;
    private final SolrCore core;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code solr.url} is not an http address
     */
    public SolrSetup(SolrConfig config) {
        this.config = config;
        this.core = new SolrCore(config);
    }

    @Override
    public String name() {
        return "solr core";
    }

    @Override
    public String where() {
        return core.address();
    }

    @Override
    public String detail() {
        return "of conf/solr/offers";
    }

    /**
     * Makes the core or collection if there is none of its name. A standalone Solr takes its files from its own disk, and
     * none can be sent to it.
     *
     * @return whether it was made
     * @throws NotMade if the files must be copied to the server first
     * @throws IOException if Solr cannot be asked, or refuses
     */
    @Override
    public boolean make() throws IOException {
        Deadline deadline = Deadline.after(PATIENCE);
        NamedList<?> info = core.getFromNode("/admin/info/system", Map.of(), Deadline.after(config.timeout()));
        return "solrcloud".equals(info.get("mode"))
                ? makeCollection(deadline)
                : makeCore(String.valueOf(info.get("solr_home")), deadline);
    }

    private boolean makeCore(String home, Deadline deadline) throws IOException {
        NamedList<?> status = core.getFromNode(
                "/admin/cores", Map.of("action", "STATUS", "core", core.name(), "indexInfo", "false"), deadline);
        if (status.get("status") instanceof NamedList<?> cores
                && cores.get(core.name()) instanceof NamedList<?> known
                && known.size() > 0) {
            return false;
        }
        try {
            create(Map.of("configSet", Configset.NAME), deadline);
        } catch (SolrRefusal withConfigset) {
            try {
                create(Map.of(), deadline); // somebody put the files into the core's own directory
            } catch (SolrRefusal without) {
                throw missingConfigset(withConfigset.getMessage(), home, without);
            }
        }
        return true;
    }

    private void create(Map<String, String> params, Deadline deadline) throws IOException {
        Map<String, String> all = new HashMap<>(params);
        all.put("action", "CREATE");
        all.put("name", core.name());
        core.getFromNode("/admin/cores", all, deadline);
    }

    private boolean makeCollection(Deadline deadline) throws IOException {
        if (lists("/admin/collections", "collections", core.name(), deadline)) {
            return false;
        }
        if (!lists("/admin/configs", "configSets", Configset.NAME, deadline)) {
            core.postToNode(
                    "/admin/configs", Map.of("action", "UPLOAD", "name", Configset.NAME), Configset.zip(), deadline);
        }
        Map<String, String> params = new HashMap<>(COLLECTION);
        params.put("name", core.name());
        NamedList<?> answer = core.getFromNode("/admin/collections", params, deadline);
        if (answer.get("failure") != null) {
            throw new SolrOutage("collection " + core.name() + " was not made: " + answer.get("failure"));
        }
        return true;
    }

    private boolean lists(String handler, String key, String name, Deadline deadline) throws IOException {
        return core.getFromNode(handler, Map.of("action", "LIST"), deadline).get(key) instanceof List<?> names
                && names.contains(name);
    }

    /** The server has no configset from which to make the core; somebody has to copy it there. */
    private NotMade missingConfigset(String message, String home, IOException cause) {
        return new NotMade(
                message,
                "on Solr's machine, copy conf/solr/offers (it is in the topology's jar, too: unzip it from there) to "
                        + home + "/configsets/offers, so that " + home
                        + "/configsets/offers/conf/schema.xml exists, and run setup again; core " + core.name()
                        + " is then made from it",
                cause);
    }
}
