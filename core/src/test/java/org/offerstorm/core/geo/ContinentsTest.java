package org.offerstorm.core.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Continent;

class ContinentsTest {
    private static final Continents CONTINENTS = Continents.load();

    @ParameterizedTest
    @CsvSource({
        "0, 0, UNKNOWN",
        "21.3, -157.8, OC",
        "4.93, -52.33, SA",
        "41.01, 28.95, EU",
        "41.02, 29.03, AS",
        "41.0507, 28.9907, EU",
        "-89.9, 0, AN",
        "-0.0, 0, UNKNOWN",
        "0, -30, UNKNOWN"
    })
    void answers_as_the_convention_says(double latitude, double longitude, Continent expected) {
        assertThat(CONTINENTS.classify(latitude, longitude)).isEqualTo(expected);
        assertThat(CONTINENTS.search(latitude, longitude)).isEqualTo(expected);
    }

    @Test
    void the_search_without_index_gives_the_same_answers() {
        SplittableRandom random = new SplittableRandom(20260101L);
        for (int i = 0; i < 5_000; i++) {
            double latitude = random.nextDouble(-90, 90);
            double longitude = random.nextDouble(-180, 180);
            assertThat(CONTINENTS.search(latitude, longitude)).isEqualTo(CONTINENTS.classify(latitude, longitude));
        }
    }

    @Test
    void the_ends_of_the_coordinates_have_answers() {
        for (double longitude : new double[] {-180, -179.999999999999, 0, 179.99999999999997, 180}) {
            assertThat(CONTINENTS.classify(-90, longitude)).isEqualTo(Continent.AN);
            assertThat(CONTINENTS.classify(90, longitude)).isEqualTo(Continent.UNKNOWN);
            assertThat(CONTINENTS.explain(-90, longitude).how()).isEqualTo(Explanation.How.INSIDE);
        }
        // Chukotka, Wrangel Island, Taveuni in Fiji: land on both sides of the antimeridian.
        for (double longitude : new double[] {-180, -179.99, 179.99, 180}) {
            assertThat(CONTINENTS.explain(67, longitude))
                    .isEqualTo(new Explanation(Continent.AS, Explanation.How.INSIDE, 0));
            assertThat(CONTINENTS.classify(71.2, longitude)).isEqualTo(Continent.AS);
            assertThat(CONTINENTS.classify(-16.8, longitude)).isEqualTo(Continent.OC);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 90.00000000000001, -91, 1e300})
    void refuses_a_latitude_out_of_range(double latitude) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONTINENTS.classify(latitude, 0))
                .withMessageContaining("latitude " + latitude);
        assertThatIllegalArgumentException().isThrownBy(() -> CONTINENTS.explain(latitude, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> CONTINENTS.nearestOther(latitude, 0));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 180.00000000000003, -181, 1e300})
    void refuses_a_longitude_out_of_range(double longitude) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONTINENTS.classify(0, longitude))
                .withMessageContaining("longitude " + longitude);
        assertThatIllegalArgumentException().isThrownBy(() -> CONTINENTS.explain(0, longitude));
    }

    @Test
    void explains_how_it_found_the_answer() {
        assertThat(CONTINENTS.explain(48.85, 2.35)).isEqualTo(new Explanation(Continent.EU, Explanation.How.INSIDE, 0));
        assertThat(CONTINENTS.explain(0, 0).how()).isEqualTo(Explanation.How.NULL_ISLAND);
        // The nearest land is Cape Three Points in Ghana, 4.74 N 2.09 W.
        assertThat(CONTINENTS.explain(0, 0).landKm()).isCloseTo(576, within(5.0));
        Explanation offshore = CONTINENTS.explain(50.6, -2.9);
        assertThat(offshore.continent()).isEqualTo(Continent.EU);
        assertThat(offshore.how()).isEqualTo(Explanation.How.NEAREST_LAND);
        assertThat(offshore.landKm()).isBetween(1.0, 40.0);
        assertThat(CONTINENTS.explain(30, -40).how()).isEqualTo(Explanation.How.OCEAN);
        assertThat(CONTINENTS.explain(30, -40).landKm()).isGreaterThan(100);
    }

    @Test
    void knows_the_nearest_other_continent() {
        Continents.Neighbour fromTarifa = CONTINENTS.nearestOther(36.01, -5.60);
        assertThat(fromTarifa.continent()).isEqualTo(Continent.AF);
        assertThat(fromTarifa.km()).isCloseTo(15, within(3.0));
        assertThat(CONTINENTS.nearestOther(41.01, 28.95).continent()).isEqualTo(Continent.AS);
        assertThat(CONTINENTS.nearestOther(0, 0).continent()).isEqualTo(Continent.AF);
    }
}
