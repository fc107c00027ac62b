/**
 * The file that says where processes serve their figures, in the form that Prometheus discovers targets by (file_sd).
 *
 * <p>Invariant: who reads the file sees a whole list, the old one or the new one.
 */
package org.offerstorm.tools.targets;
