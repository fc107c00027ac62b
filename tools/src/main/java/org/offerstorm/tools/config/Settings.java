package org.offerstorm.tools.config;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;

/**
 * The value of every option and where it came from: first the defaults, then what the layers set; a later layer
 * wins. Collects what is wrong on the way. Used by one thread.
 */
final class Settings implements ConfigRule.Problems, OptionValues {
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
            } else if (option instanceof Names sinks) {
                Set<SinkKind<?>> defaults = inOrder(sinks.defaults().stream()
                        .<SinkKind<?>>map(SinkType::parse)
                        .toList());
                settings.put(sinks.path(), new Setting(defaults, sinks.defaultText(), Origin.DEFAULT));
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

    void set(Names option, List<Written> names, Origin place) {
        Set<SinkKind<?>> sinks = new HashSet<>();
        if (names.isEmpty()) {
            wrong(
                    place,
                    option.path(),
                    "the list is empty; name at least one of " + option.choices() + ", or " + Names.NONE
                            + " for a dry run");
        }
        if (names.size() == 1 && names.get(0).text().equals(Names.NONE)) {
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
        Set<SinkKind<?>> chosen = inOrder(sinks);
        settings.put(option.path(), new Setting(chosen, SinkType.write(chosen), place));
    }

    /** In the order of all kinds, however they were listed. */
    private static Set<SinkKind<?>> inOrder(Collection<SinkKind<?>> sinks) {
        Set<SinkKind<?>> inOrder = new LinkedHashSet<>(Sinks.ALL);
        inOrder.retainAll(sinks);
        return Collections.unmodifiableSet(inOrder);
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

    @Override
    @SuppressWarnings("unchecked") // the option's type made it
    public <T> T get(Single<T> option) {
        return (T) setting(option).value();
    }

    @SuppressWarnings("unchecked")
    Set<SinkKind<?>> get(Names option) {
        return (Set<SinkKind<?>>) setting(option).value();
    }

    @Override
    public Map<String, String> get(Properties option) {
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
