// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/** Quotes words from outside in an explanation, so that they stay short and on one line. */
final class Quotation {

    private static final int MAX_LENGTH = 150;

    private Quotation() {}

    static String after(String sentence, String words) {
        StringBuilder quoted = new StringBuilder();
        words.codePoints().limit(MAX_LENGTH).forEach(c -> quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return sentence + ": \"" + quoted + (words.length() > MAX_LENGTH ? "…" : "") + "\"";
    }
}
