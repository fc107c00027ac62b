package org.offerstorm.tools.generate;

import static org.offerstorm.core.model.Continent.AF;
import static org.offerstorm.core.model.Continent.AN;
import static org.offerstorm.core.model.Continent.AS;
import static org.offerstorm.core.model.Continent.EU;
import static org.offerstorm.core.model.Continent.NA;
import static org.offerstorm.core.model.Continent.OC;
import static org.offerstorm.core.model.Continent.SA;
import static org.offerstorm.core.model.Continent.UNKNOWN;

import java.util.List;

/**
 * Cities and stations of all continents, and spots of open sea. All are far from where continents meet, and the spots
 * at sea some hundreds of kilometres from any land, so that nobody's convention or coast line decides.
 */
final class Cities {
    static final List<City> CITIES = List.of(
            City.of("Paris", 48.8566, 2.3522, EU),
            City.of("Lyon", 45.7640, 4.8357, EU),
            City.of("Clermont-Ferrand", 45.7772, 3.0870, EU),
            City.of("Toulouse", 43.6047, 1.4442, EU),
            City.of("Strasbourg", 48.5734, 7.7521, EU),
            City.of("Bruxelles", 50.8503, 4.3517, EU),
            City.of("Genève", 46.2044, 6.1432, EU),
            City.of("Birmingham", 52.4862, -1.8904, EU),
            City.of("Dublin", 53.3498, -6.2603, EU),
            City.of("Madrid", 40.4168, -3.7038, EU),
            City.of("Coimbra", 40.2033, -8.4103, EU),
            City.of("Milano", 45.4642, 9.1900, EU),
            City.of("München", 48.1351, 11.5820, EU),
            City.of("Berlin", 52.5200, 13.4050, EU),
            City.of("Wien", 48.2082, 16.3738, EU),
            City.of("Praha", 50.0755, 14.4378, EU),
            City.of("Łódź", 51.7592, 19.4560, EU),
            City.of("Budapest", 47.4979, 19.0402, EU),
            City.of("Cluj-Napoca", 46.7712, 23.6236, EU),
            City.of("Tartu", 58.3780, 26.7290, EU),
            City.of("Tampere", 61.4978, 23.7610, EU),
            City.of("Uppsala", 59.8586, 17.6389, EU),
            City.of("Reykjavík", 64.1466, -21.9426, EU),
            City.of("Kraków", 50.0647, 19.9450, EU),
            City.of("Le Caire", 30.0444, 31.2357, AF),
            City.of("Marrakech", 31.6295, -7.9811, AF),
            City.of("Bamako", 12.6392, -8.0029, AF),
            City.of("Ouagadougou", 12.3714, -1.5197, AF),
            City.of("Kumasi", 6.6885, -1.6244, AF),
            City.of("Abuja", 9.0765, 7.3986, AF),
            City.of("Yaoundé", 3.8480, 11.5021, AF),
            City.of("N'Djamena", 12.1348, 15.0557, AF),
            City.of("Addis Ababa", 9.0300, 38.7400, AF),
            City.of("Nairobi", -1.2921, 36.8219, AF),
            City.of("Kigali", -1.9441, 30.0619, AF),
            City.of("Lusaka", -15.3875, 28.3228, AF),
            City.of("Johannesburg", -26.2041, 28.0473, AF),
            City.of("Antananarivo", -18.8792, 47.5079, AF),
            City.of("Saint-Denis de La Réunion", -20.8907, 55.4551, AF),
            City.of("Tōkyō", 35.6762, 139.6503, AS),
            City.of("Kyoto", 35.0116, 135.7681, AS),
            City.of("Seoul", 37.5665, 126.9780, AS),
            City.of("北京", 39.9042, 116.4074, AS),
            City.of("Wuhan", 30.5928, 114.3055, AS),
            City.of("Chengdu", 30.5728, 104.0668, AS),
            City.of("Hà Nội", 21.0285, 105.8542, AS),
            City.of("Bangkok", 13.7563, 100.5018, AS),
            City.of("Singapore", 1.3521, 103.8198, AS),
            City.of("Bandung", -6.9175, 107.6191, AS),
            City.of("Bengaluru", 12.9716, 77.5946, AS),
            City.of("New Delhi", 28.6139, 77.2090, AS),
            City.of("Dhaka", 23.8103, 90.4125, AS),
            City.of("Kathmandu", 27.7172, 85.3240, AS),
            City.of("Tashkent", 41.2995, 69.2401, AS),
            City.of("Ulaanbaatar", 47.8864, 106.9057, AS),
            City.of("Novosibirsk", 55.0084, 82.9357, AS),
            City.of("Tehrān", 35.6892, 51.3890, AS),
            City.of("Riyadh", 24.7136, 46.6753, AS),
            City.of("Ankara", 39.9334, 32.8597, AS),
            City.of("Montréal", 45.5017, -73.5673, NA),
            City.of("Québec", 46.8139, -71.2080, NA),
            City.of("Winnipeg", 49.8951, -97.1384, NA),
            City.of("Chicago", 41.8781, -87.6298, NA),
            City.of("Denver", 39.7392, -104.9903, NA),
            City.of("New York", 40.7128, -74.0060, NA),
            City.of("Atlanta", 33.7490, -84.3880, NA),
            City.of("Ciudad de México", 19.4326, -99.1332, NA),
            City.of("San José", 9.9281, -84.0907, NA),
            City.of("Santo Domingo", 18.4861, -69.9312, NA),
            City.of("Nuuk", 64.1814, -51.6941, NA),
            City.of("Pointe-à-Pitre", 16.2411, -61.5331, NA),
            City.of("Bogotá", 4.7110, -74.0721, SA),
            City.of("Quito", -0.1807, -78.4678, SA),
            City.of("Cuzco", -13.5320, -71.9675, SA),
            City.of("La Paz", -16.4897, -68.1193, SA),
            City.of("Brasília", -15.7939, -47.8828, SA),
            City.of("São Paulo", -23.5505, -46.6333, SA),
            City.of("Asunción", -25.2637, -57.5759, SA),
            City.of("Córdoba", -31.4201, -64.1888, SA),
            City.of("Santiago", -33.4489, -70.6693, SA),
            City.of("Saint-Laurent-du-Maroni", 5.5039, -54.0289, SA),
            City.of("Canberra", -35.2809, 149.1300, OC),
            City.of("Alice Springs", -23.6980, 133.8807, OC),
            City.of("Melbourne", -37.8136, 144.9631, OC),
            City.of("Hamilton", -37.7870, 175.2793, OC),
            City.of("Nouméa", -22.2711, 166.4416, OC),
            City.of("Honolulu", 21.3069, -157.8583, OC),
            City.of("Suva", -18.1248, 178.4501, OC),
            City.of("Papeete", -17.5516, -149.5585, OC),
            City.of("McMurdo", -77.8419, 166.6863, AN),
            City.of("Concordia", -75.1000, 123.3333, AN),
            City.of("Vostok", -78.4642, 106.8372, AN));

    /** Open sea: ships and platforms. */
    static final List<City> AT_SEA = List.of(
            City.of("North Atlantic", 32.0, -45.0, UNKNOWN),
            City.of("South Atlantic", -32.0, -25.0, UNKNOWN),
            City.of("North Pacific", 40.0, -160.0, UNKNOWN),
            City.of("South Pacific", -42.0, -115.0, UNKNOWN),
            City.of("Indian Ocean", -28.0, 85.0, UNKNOWN));

    /** Exactly (0,0): what broken forms send. */
    static final City NULL_ISLAND = City.of("Null Island", 0, 0, UNKNOWN);

    private Cities() {}
}
