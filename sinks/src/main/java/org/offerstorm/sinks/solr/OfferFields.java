package org.offerstorm.sinks.solr;

/** Fields of conf/solr/offers/conf/schema.xml. */
final class OfferFields {
    static final String ID = "id";
    static final String VERSION = "version";
    static final String DELETED = "deleted";
    static final String CELL = "cell";
    static final String CATEGORY = "category";
    static final String CONTINENT = "continent";
    static final String PROFESSION_ID = "profession_id";
    static final String PUBLISHED_AT = "published_at";
    static final String LATITUDE = "latitude";
    static final String LONGITUDE = "longitude";
    static final String LOCATION = "location";
    static final String NAME = "name";
    static final String COMPANY = "company";
    static final String CONTRACT_TYPE = "contract_type";
    static final String DESCRIPTION = "description";
    static final String SOURCE = "source";

    private OfferFields() {}
}
