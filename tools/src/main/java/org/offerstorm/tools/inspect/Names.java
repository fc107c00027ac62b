package org.offerstorm.tools.inspect;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.mapping.StandardField;

/** What fields of offers are called, in English, French, German and Spanish. Each list: the most telling first. */
final class Names {
    /** No name of a field. */
    static final int NONE = Integer.MAX_VALUE;

    private static final Map<StandardField, List<String>> WORDS = words();

    private Names() {}

    /** Lower case, without accents, {@code _} between words: {@code jobTitle} and {@code Job Title} are {@code job_title}. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
    }

    /**
     * How telling a name is for a field: 0 is best, {@link #NONE} is not at all. A whole name is better than the end of one,
     * and that is better than one within.
     */
    static int rank(StandardField field, String name) {
        List<String> words = WORDS.get(field);
        int best = NONE;
        String padded = "_" + name + "_";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (name.equals(word)) {
                return i;
            } else if (padded.endsWith("_" + word + "_")) {
                best = Math.min(best, 1_000 + i);
            } else if (padded.contains("_" + word + "_")) {
                best = Math.min(best, 2_000 + i);
            }
        }
        return best;
    }

    private static Map<StandardField, List<String>> words() {
        Map<StandardField, List<String>> words = new EnumMap<>(StandardField.class);
        put(
                words,
                StandardField.ID,
                "id offer_id job_id jobid reference ref identifier_value identifier job_ref reference_number"
                        + " external_id uuid guid slug requisition_id shortcode numero identifiant kennung stellen_id referenz"
                        + " referenznummer referencia identificador code key");
        put(words, StandardField.PROFESSION_ID, "profession_id");
        put(
                words,
                StandardField.CATEGORY,
                "category category_name job_category categories_name sector industry job_function"
                        + " function department departments_name team field area profession occupation discipline categorie secteur"
                        + " secteur_activite metier famille domaine rubrique kategorie branche berufsfeld bereich fachbereich"
                        + " taetigkeitsfeld abteilung departement departamento categoria area_profesional sector_profesional"
                        + " category_label categories_team");
        put(
                words,
                StandardField.CONTRACT_TYPE,
                "contract_type employment_type contract employment job_type type_of_employment"
                        + " work_type time_type commitment schedule full_time_part_time full_time_part_time_indicator position_type"
                        + " type_contrat type_de_contrat contrat nature_contrat vertragsart vertrag beschaeftigungsart"
                        + " beschaftigungsart anstellungsart arbeitszeit arbeitszeitmodell tipo_contrato tipo_de_contrato contrato"
                        + " jornada tipo_jornada");
        put(
                words,
                StandardField.NAME,
                "name title job_title offer_title position_title business_title position job_name role"
                        + " headline intitule intitule_poste titre libelle poste titel stellentitel jobtitel stellenbezeichnung"
                        + " bezeichnung berufsbezeichnung titulo titulo_oferta puesto denominacion cargo subject text job");
        put(
                words,
                StandardField.OFFICE_LATITUDE,
                "office_latitude latitude lat breitengrad breite latitud y_lat geo_lat");
        put(
                words,
                StandardField.OFFICE_LONGITUDE,
                "office_longitude longitude lng lon long laengengrad langengrad laenge longitud" + " geo_lng geo_lon");
        put(
                words,
                StandardField.LOCATION,
                "location geo geolocation geo_location geopoint geo_point coordinates coords coord"
                        + " position latlng lat_lng lat_lon latlon gps point geolocalisation coordonnees koordinaten standort"
                        + " coordenadas ubicacion");
        put(
                words,
                StandardField.COMPANY,
                "company_name company employer employer_name hiring_organization_name"
                        + " hiring_organization organization organisation organization_name company_display_name agency client"
                        + " recruiter advertiser entreprise entreprise_nom nom_entreprise societe raison_sociale employeur recruteur"
                        + " unternehmen firma arbeitgeber empresa compania empleador");
        put(
                words,
                StandardField.DESCRIPTION,
                "description job_description description_html descriptionhtml full_description body"
                        + " content details text summary descriptif descriptif_poste description_poste missions beschreibung"
                        + " stellenbeschreibung aufgaben descripcion descripcion_oferta funciones");
        put(
                words,
                StandardField.PUBLISHED_AT,
                "published_at date_posted posting_date posted_at publication_date first_published published"
                        + " publish_date date_published posted_on posted posted_date pub_date release_date created_at creation_date"
                        + " date_created created date date_publication date_creation date_parution publie_le parution"
                        + " veroeffentlicht veroffentlicht veroeffentlichungsdatum erstellt_am erstellt datum fecha_publicacion"
                        + " publicado fecha_creacion fecha updated_at modified_at timestamp");
        put(
                words,
                StandardField.URL,
                "url job_url offer_url absolute_url hosted_url apply_url application_url redirect_url link"
                        + " permalink href uri url_offre lien lien_offre stellenlink enlace url_oferta");
        put(
                words,
                StandardField.SALARY_MIN,
                "salary_min min_salary minimum_salary salary_from salary_range_from salary_range_min salary_low"
                        + " base_salary_value_min_value salary_minimum pay_min min_pay compensation_min salaire_min salaire_minimum"
                        + " gehalt_von gehalt_min mindestgehalt salario_min salario_minimo salario_desde");
        put(
                words,
                StandardField.SALARY_MAX,
                "salary_max max_salary maximum_salary salary_to salary_range_to salary_range_max salary_high"
                        + " base_salary_value_max_value salary_maximum pay_max max_pay compensation_max salaire_max salaire_maximum"
                        + " gehalt_bis gehalt_max hoechstgehalt salario_max salario_maximo salario_hasta");
        put(
                words,
                StandardField.SALARY_CURRENCY,
                "salary_currency currency base_salary_currency currency_code devise"
                        + " monnaie waehrung wahrung moneda divisa");
        put(
                words,
                StandardField.SALARY_PERIOD,
                "salary_period salary_frequency pay_period salary_unit salary_interval salary_range_interval"
                        + " base_salary_value_unit_text unit_text pay_frequency salary_type periode_salaire gehalt_zeitraum"
                        + " gehaltszeitraum periodo_salario");
        put(
                words,
                StandardField.CITY,
                "city town job_location_address_address_locality address_locality location_city"
                        + " location_name office_city office work_location municipality locality location place ville commune localite"
                        + " lieu lieu_travail lieu_travail_libelle stadt ort arbeitsort einsatzort ciudad localidad municipio"
                        + " poblacion");
        put(
                words,
                StandardField.COUNTRY,
                "country country_code country_name address_country location_country pays code_pays"
                        + " land staat pais");
        put(
                words,
                StandardField.REMOTE,
                "remote is_remote remote_work remote_allowed telecommute telecommuting home_office"
                        + " work_from_home job_location_type workplace_type teletravail remote_moeglich homeoffice teletrabajo remoto");
        put(
                words,
                StandardField.VALID_THROUGH,
                "valid_through expires_at expires expiration_date expiry_date expiry closing_date"
                        + " close_date application_deadline deadline end_date valid_until post_until date_fin date_expiration"
                        + " date_limite fin_validite gueltig_bis bewerbungsfrist ablaufdatum enddatum fecha_limite fecha_fin"
                        + " fecha_vencimiento vence");
        return words;
    }

    private static void put(Map<StandardField, List<String>> words, StandardField field, String list) {
        words.put(field, List.of(list.split(" ", -1)));
    }
}
