/**
 * Reads conf/offerstorm.yaml and its overlays into the records of {@link org.offerstorm.core.config}. The list of
 * options is also the source of docs/configuration.md and of the file itself.
 *
 * <p>Invariant: a configuration is returned only if it has no problem; otherwise all problems are reported at once.
 */
package org.offerstorm.tools.config;
