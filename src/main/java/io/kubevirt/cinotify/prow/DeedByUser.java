/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Deck's words for what somebody did to a run: {@code USER successfully aborted JOB.}, or {@code Successfully aborted JOB.}
 * where nobody is logged in. A long one has lost its middle to GitHub's limit of 140 characters, and perhaps the deed with
 * it.
 *
 * @param deed {@code successfully aborted}
 */
record DeedByUser(String deed) implements Predicate<String> {

    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9-]+(\\[bot\\])?");

    @Override
    public boolean test(String words) {
        String capitalised = deed.substring(0, 1).toUpperCase(Locale.ROOT) + deed.substring(1) + " ";
        int space = words.indexOf(' ');
        if (words.startsWith(capitalised)) {
            return true;
        }
        return space > 0 && LOGIN.matches(words.substring(0, space)) && isDeed(words.substring(space + 1));
    }

    private boolean isDeed(String afterUser) {
        int cut = afterUser.indexOf(Description.CUT);
        return afterUser.startsWith(deed + " ") || cut > 0 && deed.startsWith(afterUser.substring(0, cut));
    }
}
