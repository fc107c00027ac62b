package org.offerstorm.tools.cli;

/** A command that can say what is wrong with its options before it does anything, and before the launcher builds for it. */
public interface Checked {
    /**
     * Looks at the options alone.
     *
     * @throws Exception what is wrong, as the command itself would throw it
     */
    void check() throws Exception;
}
