package com.claudemesh.web;

/** A parameter of the request is wrong; answered with 422 and its name. */
public final class InvalidParameterException extends RuntimeException {
    private final String field;
    private final String problem;

    /** @param problem what it must be, as the rest of a sentence that begins with its name */
    public InvalidParameterException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}
