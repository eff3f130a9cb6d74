// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** What untrusted text must not cause in what people read: control characters, hidden text, mentions of a channel. */
final class Injections {
    /** C0 and C1 without tab and line breaks, and characters that change the direction of text. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

    private static final Pattern MENTION = Pattern.compile("<!(channel|here|everyone)");
    private static final int CONTEXT = 60;

    private final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();

    /** A line of the console or the log. */
    void readLine(String line) {
        find(HIDDEN, "console or log", line);
    }

    /** A message on Slack; in its JSON a control character is escaped. */
    void readMessage(String body) {
        find(HIDDEN, "Slack", body);
        find(MENTION, "Slack", body);
    }

    /** Each with some text around it. */
    List<String> found() {
        return new ArrayList<>(found);
    }

    private void find(Pattern pattern, String where, String text) {
        pattern.matcher(text)
                .results()
                .findFirst()
                .ifPresent(match -> found.add(where + ": "
                        + text.substring(
                                        Math.max(0, match.start() - CONTEXT),
                                        Math.min(text.length(), match.end() + CONTEXT))
                                .codePoints()
                                .mapToObj(code -> code < ' ' || code > '~'
                                        ? "\\u" + Integer.toHexString(code)
                                        : Character.toString(code))
                                .reduce("", String::concat)));
    }
}
