// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;

/**
 * The markup of a channel. Untrusted text stays text: it mentions nobody, links nowhere, runs no command and changes no layout.
 */
public interface Markup {
    /** Untrusted text, within a line. */
    String text(String outside);

    /** Inline code, within a line. */
    String code(String outside);

    /** A block of log lines. */
    String block(List<String> outside);

    /** A link; only its text if the URL is not HTTP. */
    String link(String words, String url);

    /** A person; mentioned only if {@link Fragment.Person#mentioned}. */
    String person(Fragment.Person person);

    /** A time, to the minute. */
    String timestamp(Instant instant);

    /** A time of the day, to the minute. */
    String time(Instant instant);

    /** Trusted text that stands out. */
    String strong(String text);

    /** Shortens text in this markup: the result is still valid and ends with a note. */
    String truncate(String written, int limit);
}
