package org.offerstorm.core.mapping;

import java.util.Objects;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;

/** Parses records as a mapping says. Each parsing task has its own; one thread. */
public final class MappedParser implements RecordParser {
    private final Mapping mapping;

    public MappedParser(Mapping mapping) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
    }

    @Override
    public ParseResult parse(SourceRecord record) {
        throw new UnsupportedOperationException("not written yet: " + mapping);
    }

    @Override
    public int unknownFields() {
        return 0;
    }
}
