/** Typed configuration: one record for each concern, read from one YAML file (conf/offerstorm.yaml). */
package org.offerstorm.core.config;
