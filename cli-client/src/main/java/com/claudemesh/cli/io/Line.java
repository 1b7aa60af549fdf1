package com.claudemesh.cli.io;

/** What one line of input was. */
public sealed interface Line {

    /** A line without its end. */
    record Text(String text) implements Line {}

    /** More bytes than a line may have. They are skipped; the next line is read as usual. */
    record TooLong() implements Line {}

    /** Bytes that are not UTF-8. */
    record NotText() implements Line {}

    /** There will be no more. */
    record End() implements Line {}
}
