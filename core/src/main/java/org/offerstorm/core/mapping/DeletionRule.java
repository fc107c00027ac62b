package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.Set;

/**
 * A record whose value is one of these says that its offer is gone.
 *
 * @param equals texts; a number or true and false is compared as it is written
 */
public record DeletionRule(Pointer at, Set<String> equals) implements Serializable {
    public DeletionRule {
        equals = Set.copyOf(equals);
    }
}
