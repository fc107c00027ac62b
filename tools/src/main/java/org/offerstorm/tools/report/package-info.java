/** The table category × continent, for terminals, spreadsheets, programs and pages. No I/O. */
package org.offerstorm.tools.report;
