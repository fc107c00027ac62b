/**
 * Looks at data of any form and proposes a mapping for it: what the file is, what its fields hold, and which field is which of
 * an offer.
 *
 * <pre>
 *   Detection ──▶ DataSample ──▶ DataProfile ──▶ Proposal ──▶ MappingText (mapping.yaml)
 *                                                    └──────▶ Preview (what the mapping makes of the sample)
 * </pre>
 *
 * <p>Invariant: the same data give the same proposal, and the proposed text is a valid mapping.
 */
package org.offerstorm.tools.inspect;
