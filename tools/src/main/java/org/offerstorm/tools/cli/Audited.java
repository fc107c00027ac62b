package org.offerstorm.tools.cli;

/** A command that changes something outside this process: servers, topics, a topology. {@link Audit} writes a line for each run. */
public interface Audited {}
