// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates the size of a compiled RE2 pattern from its text: nested repetitions multiply, so a few characters can need all
 * memory to compile. Never less than about the real size, and exact for what people write.
 */
final class PatternSize {
    static final long MAX = 2_000;

    private final String text;
    private final Deque<Long> groups = new ArrayDeque<>();
    private int at;
    private long size;
    private long last;

    private PatternSize(String text) {
        this.text = text;
    }

    /** True if the pattern can be compiled without regard to its size. */
    static boolean isAcceptable(String text) {
        return text.length() <= MAX && new PatternSize(text).measure() <= MAX;
    }

    private long measure() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> {
                    groups.push(size);
                    size = 0;
                }
                case ')' -> {
                    long inner = size + 2;
                    size = groups.isEmpty() ? 0 : groups.pop();
                    atom(inner);
                }
                case '{' -> repetition();
                case '*', '+', '?' -> {
                    size = sum(size, 1);
                    last = sum(last, 1);
                }
                default -> atom(1);
            }
        }
        while (!groups.isEmpty()) {
            size = sum(size, groups.pop());
        }
        return size;
    }

    private void atom(long cost) {
        last = cost;
        size = sum(size, cost);
    }

    private void escape() {
        char escaped = at < text.length() ? text.charAt(at++) : ' ';
        if (escaped == 'Q') {
            int end = text.indexOf("\\E", at);
            int until = end < 0 ? text.length() : end;
            size = sum(size, Math.max(0, until - at - 1));
            at = end < 0 ? until : end + 2;
        } else if ((escaped == 'x' || escaped == 'p' || escaped == 'P') && text.startsWith("{", at)) {
            int end = text.indexOf('}', at);
            at = end < 0 ? text.length() : end + 1;
        }
        atom(1);
    }

    private void characterClass() {
        at += text.startsWith("^", at) ? 1 : 0;
        at += text.startsWith("]", at) ? 1 : 0;
        while (at < text.length() && text.charAt(at) != ']') {
            int posix = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
            at = posix >= 0 ? posix + 2 : at + (text.charAt(at) == '\\' ? 2 : 1);
        }
        at++;
        atom(1);
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else is plain text. */
    private void repetition() {
        int end = text.indexOf('}', at);
        String[] counts = end < 0 ? new String[0] : text.substring(at, end).split(",", -1);
        long times = counts.length == 0 ? -1 : number(counts[0]);
        if (times < 0 || counts.length > 2) {
            atom(1);
            return;
        }
        if (counts.length == 2) {
            times = Math.max(times + 1, number(counts[1]));
        }
        at = end + 1;
        long repeated = last > MAX ? last : last * Math.max(1, times);
        size = sum(size - last, repeated);
        last = repeated;
    }

    /** -1 if it is none; RE2 allows up to 1000. */
    private static long number(String digits) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(digits) : -1;
    }

    private static long sum(long a, long b) {
        return Math.min(a + b, Long.MAX_VALUE / 4);
    }
}
