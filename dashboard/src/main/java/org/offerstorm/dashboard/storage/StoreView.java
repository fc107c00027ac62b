package org.offerstorm.dashboard.storage;

import java.util.Optional;
import java.util.OptionalLong;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import org.offerstorm.core.sink.StoreStatistics.Unit;

/**
 * A store as it answered last.
 *
 * @param name {@code redis}; of the topics {@code kafka}
 * @param title for people
 * @param state whether the figures are those of now
 * @param since when the state began, in milliseconds since 1970
 * @param reason why it is unknown; empty unless it is
 * @param at when the figures were read; 0 if there are none
 * @param statistics the last ones; empty if there never were any
 */
public record StoreView(
        String name,
        String title,
        State state,
        long since,
        String reason,
        long at,
        Optional<StoreStatistics> statistics) {
    /** Whether a store answers. */
    public enum State {
        /** It was not asked yet. */
        WAITING,
        KNOWN,
        /** It does not answer. */
        UNKNOWN,
        /** This program cannot ask it. */
        UNREADABLE
    }

    /**
     * The same, if somebody else found that it does not answer: known only if it was asked since.
     *
     * @param from when that began, in milliseconds since 1970
     */
    StoreView away(long from) {
        return state == State.UNKNOWN || state == State.UNREADABLE
                ? this
                : new StoreView(
                        name, title, State.UNKNOWN, from, "no answer; the dashboard's log says why", at, statistics);
    }

    /** Its size: the first figure in bytes; empty while it is unknown. */
    public OptionalLong bytes() {
        return main().map(figure -> OptionalLong.of(figure.value())).orElseGet(OptionalLong::empty);
    }

    /** A figure by its name; empty while it is unknown. */
    public OptionalLong figure(String figure) {
        return current()
                .flatMap(all -> all.figures().stream()
                        .filter(each -> each.name().equals(figure))
                        .findFirst())
                .map(found -> OptionalLong.of(found.value()))
                .orElseGet(OptionalLong::empty);
    }

    /** The name under which the day has a figure. */
    public String series(Figure figure) {
        return "storage." + name + "." + figure.name();
    }

    private Optional<Figure> main() {
        return current().flatMap(all -> all.figures().stream()
                .filter(figure -> figure.unit() == Unit.BYTES)
                .findFirst());
    }

    private Optional<StoreStatistics> current() {
        return state == State.KNOWN ? statistics : Optional.empty();
    }
}
