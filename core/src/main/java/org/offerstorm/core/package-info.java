/** Domain of Offerstorm: plain Java, no Storm, no client of any server. */
package org.offerstorm.core;
