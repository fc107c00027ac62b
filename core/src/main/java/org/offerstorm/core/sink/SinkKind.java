package org.offerstorm.core.sink;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.OptionValues;

/**
 * Everything that the other code knows of a store: its names, its options, how its sink is laid out in the topology, and who makes
 * its parts. {@code org.offerstorm.sinks.Sinks} lists the kinds. A kind is asked when a configuration is read, a topology
 * is wired or a command runs, never for a record. It has no state, connects to nothing, and any thread may call it.
 *
 * <p>There is one instance of each kind. It has no fields, is serialized as its class's name alone, and comes back as that
 * instance: a kind implements {@code readResolve}.
 *
 * @param <C> the record that its options are bound to; it travels in the serialized topology, with secrets unresolved
 */
public interface SinkKind<C extends Record & Serializable> extends Serializable {
    /**
     * Lower case, {@code redis}: in the option {@code sinks}, as the section of its options, in dead letters, commits and
     * messages, and as the name of its health check.
     */
    String name();

    /** The store's own name, for sentences: {@code Redis}. */
    String title();

    /** Name of its component in the topology, {@code redis-counter}; its metrics carry it. */
    String component();

    /** Whether offers go there when the option {@code sinks} is not set. */
    boolean isDefault();

    /** Its options, in the order of the file; all are in the section {@link #name()}. */
    List<Option> options();

    /** Class of the record that its options are bound to. */
    Class<C> configType();

    /** The record of the options' values. */
    C bind(OptionValues values);

    /**
     * Makes the sink on the worker.
     *
     * @param neighbours what else is configured
     */
    SinkFactory factory(C config, Neighbours neighbours);

    /** The task of the sink that a chunk goes to. */
    Routing routing();

    /** Why its sink is one task, however many {@code topology.sink-tasks} says; empty if it has as many as that. */
    default Optional<String> oneTaskBecause() {
        return Optional.empty();
    }

    /**
     * The kind whose sink has written a chunk before this one gets it; empty if it gets the chunks as they are classified.
     * It must be one of the chosen sinks too.
     */
    default Optional<SinkKind<?>> after() {
        return Optional.empty();
    }

    /**
     * Whether it may join a stream that runs, although it gets no record of before: it does not store the stream, but
     * follows what another store holds.
     */
    default boolean mayBeAdded() {
        return false;
    }

    /**
     * Number of tasks of its sink.
     *
     * @param configured {@code topology.sink-tasks}
     */
    default int tasks(int configured) {
        return oneTaskBecause().isPresent() ? 1 : configured;
    }

    /** How long a call to the store may take. */
    CallLimit callLimit();

    /** When a chunk is acked, and what holds after a crash. */
    Guarantee guarantee();

    /** How many different cells (category and continent) it can hold; no limit if it is not told. */
    default int maxCells() {
        return Integer.MAX_VALUE;
    }

    /** How the names of its client's threads begin, if the client has any; their CPU time is the component's. */
    default List<String> clientThreads() {
        return List.of();
    }

    /** Reads what the store holds, if it may lose what it acknowledged. */
    default Optional<CoverageReader.Factory> coverage(C config) {
        return Optional.empty();
    }

    /**
     * Asks the store how much it holds, for the dashboard; empty if another one's reader tells it.
     *
     * @throws IllegalArgumentException if the address in the configuration cannot be used
     */
    default Optional<StatisticsReader> statistics(C config) {
        return Optional.empty();
    }

    /**
     * Looks at the store as the worker will use it; its name is {@link #name()}.
     *
     * @param neighbours what else is configured
     * @throws IllegalArgumentException if the address in the configuration cannot be used
     */
    Check health(C config, Neighbours neighbours, HealthContext context);

    /**
     * What the store must have before the sink can write, in the order in which it is made; empty if nothing.
     *
     * @param neighbours what else is configured
     * @throws IllegalArgumentException if the address in the configuration cannot be used
     */
    default List<SetupStep> setup(C config, Neighbours neighbours) {
        return List.of();
    }
}
