package com.claudemesh.topic;

/** What became of a request about a topic. */
public sealed interface TopicResult<T> {

    record Done<T>(T value) implements TopicResult<T> {}

    /** There is no such topic, or none that the caller may see: which of the two is not told. */
    record NotFound<T>() implements TopicResult<T> {}

    /** @param text why not, for people */
    record Forbidden<T>(String text) implements TopicResult<T> {}

    /** @param text which limit, for people */
    record LimitReached<T>(String text) implements TopicResult<T> {}

    /** @param field what is wrong in the request */
    record Invalid<T>(String field, String text) implements TopicResult<T> {}
}
