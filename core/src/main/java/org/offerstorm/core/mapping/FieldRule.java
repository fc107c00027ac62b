package org.offerstorm.core.mapping;

import java.io.Serializable;
import org.offerstorm.core.model.DataField;

/** A further field of the data set, and where it comes from. */
public record FieldRule(DataField field, Rule rule) implements Serializable {}
