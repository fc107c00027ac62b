/**
 * Typed configuration: one record for each concern, read from one YAML file (conf/offerstorm.yaml) by
 * {@code tools.config}. The records travel in the serialized topology.
 *
 * <p>Invariant: a reference to a secret stays a reference in every record; {@link org.offerstorm.core.secret.Secrets}
 * resolves it where a connection opens.
 */
package org.offerstorm.core.config;
