// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import java.util.List;

/** A headline with labelled lines. Untrusted text cannot move the cursor or change colors. */
final class Paragraph {

    private static final int LABEL_WIDTH = 10;

    /** Code points: more than URLs and descriptions of Prow need. */
    private static final int LONGEST_VALUE = 400;

    private final StringBuilder text = new StringBuilder();

    Paragraph(String headline) {
        text.append("\n● ").append(printable(headline));
    }

    /** A labelled line. */
    void line(String label, String value) {
        text.append("\n  ")
                .append(label)
                .append(" ".repeat(LABEL_WIDTH - label.length()))
                .append(printable(value));
    }

    /** Lines; only the first is labelled. */
    void lines(String label, List<String> values) {
        String shown = label;
        for (String value : values) {
            line(shown, value);
            shown = "";
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Control and formatting characters, such as escape sequences, become question marks; long text is cut. */
    private static String printable(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(LONGEST_VALUE)
                .map(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> '?';
                    default -> point;
                })
                .forEach(shown::appendCodePoint);
        return value.codePointCount(0, value.length()) > LONGEST_VALUE ? shown + "…" : shown.toString();
    }
}
