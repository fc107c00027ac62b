/**
 * The table category × continent, for terminals, spreadsheets, programs and pages. Text from outside is quoted or
 * escaped before it is printed.
 *
 * <p>Invariant: nothing here reads or writes a file or a server.
 */
package org.offerstorm.tools.report;
