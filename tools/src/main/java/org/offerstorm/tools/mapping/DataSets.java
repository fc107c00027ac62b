package org.offerstorm.tools.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.tools.config.ReferenceTable;

/** The data set that the configuration names: its professions, and its mapping if it has one. */
public final class DataSets {
    /** {@link org.offerstorm.core.model.Cell#NO_PROFESSION} and {@link org.offerstorm.core.model.Cell#OTHER}. */
    private static final int CATEGORIES_OF_NONE = 2;

    private DataSets() {}

    /**
     * Reads both files.
     *
     * @throws Failure if one is not there, is not what it should be, or has more categories than a chosen sink can hold
     */
    public static DataSet of(OfferstormConfig config) {
        Professions professions = ReferenceTable.of(config);
        Mapping mapping;
        try {
            mapping = MappingFile.of(config.source().mapping());
        } catch (BadMapping e) {
            throw Failure.usage(e.getMessage());
        }
        if (mapping != null) {
            checkCategories(config, professions.categories(), mapping);
        }
        return new DataSet(professions, mapping == null ? null : mapping.over(config.tls()));
    }

    private static void checkCategories(OfferstormConfig config, List<String> ofProfessions, Mapping mapping) {
        Set<String> all = Stream.concat(ofProfessions.stream(), mapping.categories().stream())
                .map(NormalForm::of)
                .collect(Collectors.toSet());
        long cells = (all.size() + CATEGORIES_OF_NONE) * (long) Continent.values().length;
        for (SinkKind<?> kind : config.sinks()) {
            if (cells > kind.maxCells()) {
                throw Failure.usage(String.format(
                        Locale.ROOT,
                        "source.mapping: %s and the professions have %,d categories together, %s can hold %,d (%,d cells"
                                + " of category and continent); leave rare categories out of the mapping, they count"
                                + " as (other), or leave %s out of sinks",
                        config.source().mapping(),
                        all.size(),
                        kind.title(),
                        kind.maxCells() / Continent.values().length - CATEGORIES_OF_NONE,
                        kind.maxCells(),
                        kind.name()));
            }
        }
    }
}
