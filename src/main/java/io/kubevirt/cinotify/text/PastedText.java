// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;

/** Names and URLs as people paste them: in quotes, as code, as links, with punctuation, with a file of the run. */
public final class PastedText {
    /** A mention that is a link stands for the person. */
    private static final Pattern LINKED_MENTION = Pattern.compile("\\[(@[\\w/-]+)\\]\\([^()]*\\)");

    private static final Pattern MARKDOWN_LINK =
            Pattern.compile("\\[[^\\[\\]]*\\]\\(\\s*<?(https?://[^\\s()<>]+)>?[^()]*\\)");
    private static final Pattern HTML_LINK =
            Pattern.compile("(?i)<a\\s[^<>]*href=[\"']?(https?://[^\"'\\s<>]+)[^<>]*>[^<>]*</a>");
    private static final Pattern ORIGIN = Pattern.compile("^(?i)https?://[^/]*");
    /** A build id is longer than the number of a pull request. */
    private static final Pattern BUILD = Pattern.compile("/[0-9]{10,}/");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([[:punct:]])");

    /** What keyboards write for a hyphen, and for two of them before a word. */
    private static final Pattern HYPHEN = Pattern.compile("[\u2010-\u2013\u2212]");

    private static final Pattern OPTION = Pattern.compile("^\u2014([a-z])");

    /** Of Markdown and keyboards; other punctuation is known by its Unicode category. */
    private static final String MARKS = "`'\"<>*_~";

    /** Punctuation that belongs to a name or a URL. */
    private static final String OF_NAMES = "/@#%&";

    private PastedText() {}

    /** Replaces links by their URLs, or by the person that they mention. */
    public static String withoutLinks(String line) {
        String plain = line.indexOf("](") < 0
                ? line
                : MARKDOWN_LINK
                        .matcher(LINKED_MENTION.matcher(line).replaceAll("$1"))
                        .replaceAll("$1");
        return plain.indexOf("</") < 0 ? plain : HTML_LINK.matcher(plain).replaceAll("$1");
    }

    /** A word without quotes and punctuation around it, and with plain hyphens; the word itself if nothing else is left. */
    public static String word(String pasted) {
        String word = plain(pasted);
        int start = 0;
        int end = word.length();
        while (start < end && isOpening(word.charAt(start))) {
            start++;
        }
        while (end > start && isClosing(word.charAt(end - 1))) {
            end--;
        }
        return start == end ? pasted : word.substring(start, end);
    }

    private static String plain(String word) {
        String plain = word.indexOf('\\') < 0 ? word : ESCAPE.matcher(word).replaceAll("$1");
        return plain.chars().allMatch(c -> c < 128)
                ? plain
                : OPTION.matcher(HYPHEN.matcher(plain).replaceAll("-")).replaceFirst("--$1");
    }

    private static boolean isOpening(char c) {
        int type = Character.getType(c);
        return MARKS.indexOf(c) >= 0
                || type == Character.START_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION;
    }

    private static boolean isClosing(char c) {
        int type = Character.getType(c);
        return isOpening(c)
                || type == Character.END_PUNCTUATION
                || type == Character.OTHER_PUNCTUATION && OF_NAMES.indexOf(c) < 0;
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
