package org.offerstorm.formats.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.text.Messages;
import org.offerstorm.core.text.Quote;

/**
 * The writers' schemas by their ids. What an id means never changes in a registry, so a schema, usable or not, is asked for
 * once; that there is none is believed for a minute, because it may be registered later. One thread.
 */
final class Schemas {
    /** How long an unknown id stays unknown. */
    static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
    /** Most unknown ids that are remembered; records may hold four billion. */
    private static final int UNKNOWN_IDS = 10_000;
    /** Most schemas that one refers to, directly or not. */
    static final int REFERENCES = 100;
    /** Deepest nesting of a schema's JSON: four levels for each of a record's. */
    private static final int SCHEMA_DEPTH = 200;

    private final RegistryClient registry;
    private final InstantSource clock;
    private final int mostUnknown;
    private final JsonFactory json = new JsonFactory();
    private final Map<Integer, Known> known = new HashMap<>();
    /** Of a schema that is not complete yet. */
    private final Map<RegistryClient.Reference, RegistryClient.Registered> referenced = new HashMap<>();

    private final Map<Integer, Instant> unknownUntil = new LinkedHashMap<>();

    /** @param problem why the schema cannot be used; null if it can */
    private record Known(Schema schema, String problem) {}

    Schemas(RegistryClient registry, InstantSource clock) {
        this(registry, clock, UNKNOWN_IDS);
    }

    /** @param mostUnknown unknown ids that are remembered */
    Schemas(RegistryClient registry, InstantSource clock, int mostUnknown) {
        this.mostUnknown = mostUnknown;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * The schema of this id, a record's.
     *
     * @throws Refused if there is none, or no record can be read by it
     * @throws SourceUnavailable if the registry does not say
     */
    Schema get(int id) {
        Known schema = known.get(id);
        if (schema == null) {
            if (id < 0 || isUnknown(id)) {
                throw unknown(id);
            }
            Optional<RegistryClient.Registered> registered = registry.schema(id);
            if (registered.isEmpty()) {
                remember(id);
                throw unknown(id);
            }
            schema = read(registered.get());
            referenced.clear();
            known.put(id, schema);
        }
        if (schema.problem != null) {
            throw new Refused(Reason.BAD_AVRO, "the registry's schema " + id + " " + schema.problem);
        }
        return schema.schema;
    }

    int unknownIds() {
        return unknownUntil.size();
    }

    private static Refused unknown(int id) {
        return new Refused(
                Reason.BAD_AVRO, "the registry has no schema of the value's id, " + Integer.toUnsignedString(id));
    }

    private boolean isUnknown(int id) {
        Instant until = unknownUntil.get(id);
        return until != null && clock.instant().isBefore(until);
    }

    private void remember(int id) {
        unknownUntil.remove(id); // so that it comes last
        if (unknownUntil.size() >= mostUnknown) {
            unknownUntil.remove(unknownUntil.keySet().iterator().next());
        }
        unknownUntil.put(id, clock.instant().plus(UNKNOWN_FOR));
    }

    private Known read(RegistryClient.Registered registered) {
        if (registered.type() != null && !registered.type().equals("AVRO")) {
            return new Known(null, "is not one of Avro");
        }
        try {
            Schema.Parser parser = new Schema.Parser();
            readReferences(registered, parser, new HashSet<>());
            checkDepth(registered.schema());
            Schema schema = parser.parse(registered.schema());
            return schema.getType() == Schema.Type.RECORD
                    ? new Known(schema, null)
                    : new Known(
                            null, "is of a value of type " + schema.getType().getName() + ", not of a record");
        } catch (SourceUnavailable e) {
            throw e;
        } catch (RuntimeException | IOException e) { // Avro throws several kinds, also a NullPointerException
            return new Known(null, "cannot be read: " + Messages.of(e));
        }
    }

    /** Makes the types of other schemas known to the parser, each before those that use it. */
    private void readReferences(
            RegistryClient.Registered registered, Schema.Parser parser, Set<RegistryClient.Reference> seen)
            throws IOException {
        for (RegistryClient.Reference reference : registered.references()) {
            if (!seen.add(reference)) {
                continue;
            }
            if (seen.size() > REFERENCES) {
                throw new IOException("it refers to more than " + REFERENCES + " others");
            }
            RegistryClient.Registered other = referenced.get(reference);
            if (other == null) {
                other = registry.schema(reference)
                        .orElseThrow(() -> new IOException("it refers to version " + reference.version() + " of "
                                + Quote.of(reference.subject()) + ", which the registry does not have"));
                referenced.put(reference, other); // what is known already need not be asked for in the next attempt
            }
            readReferences(other, parser, seen);
            checkDepth(other.schema());
            parser.parse(other.schema());
        }
    }

    /** Avro's parser of schemas recurses. */
    private void checkDepth(String text) throws IOException {
        try (JsonParser parser = json.createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > SCHEMA_DEPTH) {
                    throw new IOException("nested deeper than " + SCHEMA_DEPTH);
                }
            }
        }
    }
}
