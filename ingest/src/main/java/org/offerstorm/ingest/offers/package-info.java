/**
 * Cuts the body of a request into items and judges each as the pipeline will.
 *
 * <p>Invariant: an item is judged by its own bytes alone; what is wrong with one changes no other verdict.
 */
package org.offerstorm.ingest.offers;
