/**
 * TLS of every client by one configuration: which authorities it trusts, and which certificate it shows.
 *
 * <p>Invariant: nothing here switches the check of a certificate or of a host's name off, and nothing depends on what the
 * whole JVM is set to, unless nothing is configured.
 */
package org.offerstorm.core.tls;
