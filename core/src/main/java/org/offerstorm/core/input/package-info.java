/**
 * What the first bytes of a file, or of a record, say it is: an archive, a workbook, another encoding, another separator.
 * For messages that name the cause and the command that helps.
 *
 * <p>Invariant: nothing here decides what an offer is; it only explains why something cannot be one.
 */
package org.offerstorm.core.input;
