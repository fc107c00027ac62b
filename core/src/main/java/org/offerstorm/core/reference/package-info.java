/** Reference data: the table of professions, which gives each offer its category. */
package org.offerstorm.core.reference;
