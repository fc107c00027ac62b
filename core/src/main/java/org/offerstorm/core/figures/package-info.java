/**
 * How durations are counted: by bucket, so that those of several workers can be added.
 *
 * <p>Invariant: recording a duration allocates nothing and waits for nobody.
 */
package org.offerstorm.core.figures;
