/**
 * Turns untrusted records into changes. A verdict depends on the record's bytes alone, never on the time, the locale or
 * what came before, so that a replay gives the same one. What is accepted, and every reason, is described in
 * docs/input.md.
 *
 * <pre>
 *   key bytes ─▶ Keys ─▶ value bytes ─▶ Utf8 ─▶ JSON (DocumentReader) ─▶ fields (OfferDraft) ─▶ Change
 * </pre>
 *
 * The first problem in this order is the reason given: a document that is not JSON is refused as such, regardless of its
 * fields.
 *
 * <p>Invariant: the same bytes give the same verdict, on any machine and at any time.
 */
package org.offerstorm.core.parse;
