package org.offerstorm.ingest.web;

/** Ends the handling of a request; what it is answered with. */
final class RefusedRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetails problem;

    RefusedRequest(ProblemDetails problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    ProblemDetails problem() {
        return problem;
    }
}
