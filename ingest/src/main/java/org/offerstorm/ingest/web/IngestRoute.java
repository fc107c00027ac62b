package org.offerstorm.ingest.web;

/** What can be asked; openapi.json describes each. */
enum IngestRoute {
    POST_OFFERS("POST", "/offers"),
    DELETE_OFFER("DELETE", "/offers/{id}"),
    GET_OFFER("GET", "/offers/{id}"),
    GET_OPENAPI("GET", "/openapi.json"),
    GET_LIVE("GET", "/live"),
    GET_READY("GET", "/ready"),
    GET_METRICS("GET", "/metrics");

    /** Path of what has an id. */
    static final String OFFERS = "/offers/";

    private final String method;
    private final String path;

    IngestRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    /** With {@code {id}} for an id. */
    String path() {
        return path;
    }

    /**
     * Whether a request has this path.
     *
     * @param asked as it was sent, encoded
     */
    boolean hasPath(String asked) {
        return path.endsWith("{id}")
                ? asked.startsWith(OFFERS) && asked.length() > OFFERS.length()
                : asked.equals(path);
    }
}
