/**
 * Makes the topic say what a full export says: new and changed offers are sent, those that are gone are deleted.
 *
 * <pre>
 *   topic ─▶ OfferStates ◀─ file, first time (what is new, changed, equal, gone; may it be?)
 *                 │         file, second time ─▶ new and changed records
 *                 └──────▶ gone: read again from the topic ─▶ deletions, unless corrected meanwhile
 * </pre>
 *
 * <p>Invariant: nothing is deleted unless the file was read to its end twice with the same content, each of its ids is known,
 * and the offer's newest record is one of the same source.
 */
package org.offerstorm.tools.snapshot;
