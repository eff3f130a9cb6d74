// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;

/** Names and URLs as people paste them: in quotes, as code, as links, with punctuation, with a file of the run. */
public final class PastedText {
    private static final Pattern MARKDOWN_LINK =
            Pattern.compile("\\[[^\\[\\]]*\\]\\(\\s*<?(https?://[^\\s()<>]+)>?[^()]*\\)");
    private static final Pattern ORIGIN = Pattern.compile("^(?i)https?://[^/]*");
    /** A build id is longer than the number of a pull request. */
    private static final Pattern BUILD = Pattern.compile("/[0-9]{10,}/");

    private static final String OPENING = "`'\"“”‘’«»„<([*_";
    private static final String CLOSING = "`'\"“”‘’«»>)]*_.,;:!?";

    private PastedText() {}

    /** Replaces Markdown links by their URLs. */
    public static String withoutLinks(String line) {
        return line.indexOf("](") < 0 ? line : MARKDOWN_LINK.matcher(line).replaceAll("$1");
    }

    /** A word without quotes and punctuation around it; the word itself if nothing else is left. */
    public static String word(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && OPENING.indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && CLOSING.indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return start == end ? word : word.substring(start, end);
    }

    /** The URL of a page of a run: without what follows the build id. */
    public static String runUrl(String pasted) {
        String url = word(withoutLinks(pasted.strip()));
        Matcher origin = ORIGIN.matcher(url);
        if (!origin.find()) {
            return url;
        }
        String path = url.substring(origin.end());
        Matcher build = BUILD.matcher(path);
        return origin.group().toLowerCase(Locale.ROOT) + (build.find() ? path.substring(0, build.end() - 1) : path);
    }
}
