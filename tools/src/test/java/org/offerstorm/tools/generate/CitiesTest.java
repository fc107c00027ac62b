package org.offerstorm.tools.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Continent;

/** The hand-written continents against the classifier: were they to differ, one of the two would be wrong. */
class CitiesTest {
    private static final double JITTER = 0.02;

    @Test
    void the_classifier_says_the_same_of_every_place_and_of_the_corners_around_it() {
        Continents continents = Continents.load();
        List<City> places =
                Stream.concat(Cities.CITIES.stream(), Cities.AT_SEA.stream()).toList();
        for (City place : places) {
            double latitude = place.latitudeMicros() / 1e6;
            double longitude = place.longitudeMicros() / 1e6;
            for (int corner = 0; corner < 9; corner++) {
                Continent continent = continents.classify(
                        latitude + (corner / 3 - 1) * JITTER, longitude + (corner % 3 - 1) * JITTER);
                assertThat(continent).as("%s, corner %s", place, corner).isEqualTo(place.continent());
            }
        }
        assertThat(continents.classify(0, 0)).isEqualTo(Cities.NULL_ISLAND.continent());
    }

    @Test
    void no_city_is_within_20_km_of_another_continent() {
        Continents continents = Continents.load();
        for (City city : Cities.CITIES) {
            assertThat(continents
                            .nearestOther(city.latitudeMicros() / 1e6, city.longitudeMicros() / 1e6)
                            .km())
                    .as("%s", city)
                    .isGreaterThan(20);
        }
    }
}
