package com.claudemesh.bench.raw;

/**
 * What one recipient got of one lane's numbered messages: how many, and whether in order and once. A number that is not
 * above all earlier ones is either a repetition or has been overtaken. Not safe for several threads.
 */
final class Arrivals {
    private int highest = -1;
    private int inOrder;
    private int outOfOrder;

    /** True when the message came in order. */
    boolean add(int number) {
        if (number <= highest) {
            outOfOrder++;
            return false;
        }
        highest = number;
        inOrder++;
        return true;
    }

    int inOrder() {
        return inOrder;
    }

    int outOfOrder() {
        return outOfOrder;
    }
}
