package org.offerstorm.tools.config;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.offerstorm.core.config.OfferstormConfig.SinkName;
import org.offerstorm.tools.config.Option.Properties;
import org.offerstorm.tools.config.Option.Single;
import org.offerstorm.tools.config.Option.Sinks;

/**
 * The value of every option and where it came from: first the defaults, then whatever the layers set, the later one
 * winning. Collects what is wrong on the way. Used by one thread.
 */
final class Settings implements ConfigRule.Problems {
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<String, Map<String, Setting>> properties = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<Problem> problems = new TreeSet<>();

    /**
     * A value.
     *
     * @param text as it was written
     * @param place where
     */
    record Setting(Object value, String text, Origin place) {}

    /** A text and where it was written. */
    record Written(String text, Origin place) {}

    Settings() {
        for (Option option : Options.ALL) {
            if (option instanceof Single<?> single) {
                set(single, new Written(single.defaultText(), Origin.DEFAULT));
            } else if (option instanceof Sinks sinks) {
                settings.put(sinks.path(), new Setting(sinks.defaults(), sinks.defaultText(), Origin.DEFAULT));
            } else if (option instanceof Properties free) {
                properties.put(free.path(), new LinkedHashMap<>());
            }
        }
    }

    void set(Single<?> option, Written written) {
        guard(option.path(), written.place(), () -> {
            if (option.type().takesReferences()) {
                References.checkAll(written.text());
            } else {
                References.forbid(written.text());
            }
            Object value = option.type().parse(written.text());
            return settings.put(option.path(), new Setting(value, written.text(), written.place()));
        });
    }

    void set(Sinks option, List<Written> names, Origin place) {
        Set<SinkName> sinks = EnumSet.noneOf(SinkName.class);
        if (names.isEmpty()) {
            wrong(
                    place,
                    option.path(),
                    "the list is empty; name at least one of " + SinkType.NAMES + ", or " + SinkType.NONE
                            + " for a dry run");
        }
        if (names.size() == 1 && names.get(0).text().equals(SinkType.NONE)) {
            settings.put(option.path(), new Setting(Set.of(), SinkType.write(Set.of()), place));
            return;
        }
        for (Written name : names) {
            guard(option.path(), name.place(), () -> {
                if (!sinks.add(SinkType.parse(name.text()))) {
                    throw new IllegalArgumentException("names " + name.text() + " twice; once is enough");
                }
                return null;
            });
        }
        settings.put(option.path(), new Setting(Collections.unmodifiableSet(sinks), SinkType.write(sinks), place));
    }

    void set(Properties option, String name, Written written) {
        guard(option.path() + "." + name, written.place(), () -> {
            References.checkOurs(written.text());
            option.rules().check(name, written.text());
            return properties
                    .get(option.path())
                    .put(name, new Setting(written.text(), written.text(), written.place()));
        });
    }

    /** Notes a problem; the option's value is not to be relied on. */
    @Override
    public void wrong(Origin place, String path, String message) {
        problems.add(new Problem(place, path, message));
        broken.add(path);
    }

    Collection<Problem> problems() {
        return Collections.unmodifiableSet(problems);
    }

    boolean isSound(Option... options) {
        for (Option option : options) {
            if (broken.contains(option.path())) {
                return false;
            }
        }
        return true;
    }

    Setting setting(Option option) {
        return settings.get(option.path());
    }

    /** Names and values, in the order in which they were set first. */
    Map<String, Setting> settings(Properties option) {
        return Collections.unmodifiableMap(properties.get(option.path()));
    }

    @SuppressWarnings("unchecked") // the option's type made it
    <T> T get(Single<T> option) {
        return (T) setting(option).value();
    }

    @SuppressWarnings("unchecked")
    Set<SinkName> get(Sinks option) {
        return (Set<SinkName>) setting(option).value();
    }

    Map<String, String> get(Properties option) {
        Map<String, String> values = new LinkedHashMap<>();
        settings(option).forEach((name, setting) -> values.put(name, setting.text()));
        return Collections.unmodifiableMap(values);
    }

    private void guard(String path, Origin place, Supplier<?> work) {
        try {
            var unused = work.get();
        } catch (IllegalArgumentException e) {
            wrong(place, path, e.getMessage());
        }
    }
}
