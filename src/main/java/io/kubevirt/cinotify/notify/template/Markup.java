// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;

/**
 * How one channel writes what a template shows. Text from outside stays text: it calls nobody, links to nothing, runs no
 * command and changes no layout.
 */
public interface Markup {

    /** Text from outside, within a line. */
    String text(String outside);

    /** A name as programs write it, within a line. */
    String code(String outside);

    /** Lines of a log; stands by itself. */
    String block(List<String> outside);

    /** A link; only its words if the address is not one of the web. */
    String link(String words, String url);

    /** A person; called by name only if {@link Fragment.Person#mentioned}. */
    String person(Fragment.Person person);

    /** An instant, to the minute. */
    String timestamp(Instant instant);

    /** Words that were written in this dialect, made to fit: what is left is still whole, and says that it was cut. */
    String truncate(String written, int limit);
}
