/** Reading of conf/offerstorm.yaml into the records of {@link org.offerstorm.core.config}. */
package org.offerstorm.tools.config;
