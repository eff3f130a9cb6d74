// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Deck's words for what somebody did to a run: {@code USER successfully aborted JOB.}, or {@code Successfully aborted JOB.}
 * where nobody is logged in. A long one has lost its middle to GitHub's limit of 140 characters, and perhaps the deed with
 * it.
 *
 * @param action {@code successfully aborted}
 */
record UserActionDescription(String action) implements Predicate<String> {

    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9-]+(\\[bot\\])?");

    @Override
    public boolean test(String words) {
        String capitalised = action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1) + " ";
        int space = words.indexOf(' ');
        if (words.startsWith(capitalised)) {
            return true;
        }
        return space > 0 && LOGIN.matches(words.substring(0, space)) && isAction(words.substring(space + 1));
    }

    private boolean isAction(String afterUser) {
        int cut = afterUser.indexOf(DescriptionCleaner.ELLIPSIS);
        return afterUser.startsWith(action + " ") || cut > 0 && action.startsWith(afterUser.substring(0, cut));
    }
}
