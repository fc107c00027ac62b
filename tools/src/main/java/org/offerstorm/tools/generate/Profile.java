package org.offerstorm.tools.generate;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Continent;

/** Where a stream's offers are, and what they say. */
public enum Profile {
    /** All continents alike, some at sea, each offer at its own spot: every cell of the table is hit soon. */
    SPREAD {
        private static final int JITTER_MICROS = 20_000;

        @Override
        int place(Dice dice) {
            int hundred = dice.below(100);
            if (hundred < 6) {
                return NOWHERE;
            }
            int cities = Cities.CITIES.size();
            int sea = Cities.AT_SEA.size();
            return hundred < 8 ? cities + dice.below(sea) : hundred < 9 ? cities + sea : dice.below(cities);
        }

        @Override
        City place(int index) {
            int cities = Cities.CITIES.size();
            int sea = Cities.AT_SEA.size();
            return index == NOWHERE
                    ? null
                    : index < cities
                            ? Cities.CITIES.get(index)
                            : index < cities + sea ? Cities.AT_SEA.get(index - cities) : Cities.NULL_ISLAND;
        }

        @Override
        int jitterMicros(Dice dice, City place) {
            return place.equals(Cities.NULL_ISLAND) ? 0 : dice.below(2 * JITTER_MICROS) - JITTER_MICROS;
        }

        @Override
        int descriptionsPercent() {
            return 25;
        }

        @Override
        String description(Dice dice, String place) {
            return Wording.description(dice, place);
        }
    },

    /**
     * As a recruiter's offers are: 95 % of them in Europe, at a few hundred offices, of which some have far more than
     * others; descriptions of a paragraph or several, in French or English. A record has about 360 bytes.
     */
    REAL {
        @Override
        int place(Dice dice) {
            if (dice.percent(3)) {
                return NOWHERE;
            }
            // The square of an even throw: a tenth of the offices has a third of the offers.
            long throwOf = dice.below(1 << 16);
            return (int) ((throwOf * throwOf * OFFICES.size()) >>> 32);
        }

        @Override
        City place(int index) {
            return index == NOWHERE ? null : OFFICES.get(index);
        }

        @Override
        int jitterMicros(Dice dice, City place) {
            return 0;
        }

        @Override
        int descriptionsPercent() {
            return 17;
        }

        @Override
        String description(Dice dice, String place) {
            return Paragraphs.description(dice, place);
        }
    };

    private static final int NOWHERE = -1;
    private static final int OFFICE_COUNT = 400;
    private static final List<City> OFFICES = offices();

    /** Chooses a place for an offer. */
    abstract int place(Dice dice);

    /** The chosen place; null if the offer is nowhere. */
    abstract City place(int index);

    /** How far an offer is from its place, in millionths of a degree. */
    abstract int jitterMicros(Dice dice, City place);

    /** How many offers of a hundred have a description. */
    abstract int descriptionsPercent();

    abstract String description(Dice dice, String place);

    /** In the cities, some streets apart; every twentieth outside of Europe. The same in all streams. */
    private static List<City> offices() {
        Dice dice = new Dice(OFFICE_COUNT);
        List<City> european = Cities.CITIES.stream()
                .filter(city -> city.continent() == Continent.EU)
                .toList();
        List<City> other = Cities.CITIES.stream()
                .filter(city -> city.continent() != Continent.EU)
                .toList();
        List<City> offices = new ArrayList<>();
        for (int n = 0; n < OFFICE_COUNT; n++) {
            City city = dice.one(n % 20 == 19 ? other : european);
            offices.add(new City(
                    city.name(),
                    city.latitudeMicros() + dice.below(40_000) - 20_000,
                    city.longitudeMicros() + dice.below(40_000) - 20_000,
                    city.continent()));
        }
        return List.copyOf(offices);
    }
}
