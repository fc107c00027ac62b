package org.offerstorm.tools.config;

/**
 * What only another module can judge of a configuration, such as settings that Storm's client took for its own. Found by
 * {@link java.util.ServiceLoader}; asked once at each loading, after all other checks.
 */
public interface ConfigRule {
    /** Reports what is wrong. Connects to nothing. */
    void check(Problems problems);

    /** Where problems are collected. */
    @FunctionalInterface
    interface Problems {
        /**
         * Notes one.
         *
         * @param place where the value was written
         * @param path the setting, {@code topology.workers}; empty if it is about none
         */
        void wrong(Origin place, String path, String message);
    }
}
