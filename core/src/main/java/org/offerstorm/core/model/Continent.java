package org.offerstorm.core.model;

/** A continent by place, not by sovereign state; see docs/continents.md for the convention. */
public enum Continent {
    AF("Africa"),
    AN("Antarctica"),
    AS("Asia"),
    EU("Europe"),
    NA("North America"),
    OC("Oceania"),
    SA("South America"),
    /** No coordinates, the open ocean, or exactly (0,0). */
    UNKNOWN("Unknown");

    private final String label;

    Continent(String label) {
        this.label = label;
    }

    /** English name for people. */
    public String label() {
        return label;
    }
}
