/**
 * Values on the command line: durations, points in time, ports, rates, numbers, choices.
 *
 * <p>Invariant: a kind of value has one grammar and one converter, which {@link org.offerstorm.tools.cli.RootCommand} registers;
 * no option brings a converter.
 */
package org.offerstorm.tools.cli.value;
