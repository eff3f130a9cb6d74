// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HTML in which no element spans lines, so that line ends can become breaks. */
final class HtmlMarkup implements Markup {
    private static final int LONGEST_TEXT = 64_000;
    private static final int LONGEST_TITLE = 150;

    /** The templates of the folder {@code plain}, in HTML. */
    static final TemplateSet TEMPLATES =
            new TemplateSet("plain", "txt", new HtmlMarkup(), Map.of(TemplateSet.TITLE, LONGEST_TITLE), LONGEST_TEXT);

    private static final PlainTextMarkup PLAIN = new PlainTextMarkup();

    @Override
    public String text(String outside) {
        return PLAIN.text(outside)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String code(String outside) {
        return "<code>" + text(outside) + "</code>";
    }

    @Override
    public String block(List<String> outside) {
        return outside.stream().map(line -> "&nbsp;&nbsp;" + code(line)).collect(Collectors.joining("\n"));
    }

    @Override
    public String link(String words, String url) {
        // Encoded; empty if it is not an HTTP URL.
        String address = PLAIN.link("", url).strip();
        return address.isEmpty() ? text(words) : "<a href=\"" + text(address) + "\">" + text(words) + "</a>";
    }

    @Override
    public String person(Fragment.Person person) {
        return text(person.handle());
    }

    @Override
    public String timestamp(Instant instant) {
        return PLAIN.timestamp(instant);
    }

    @Override
    public String time(Instant instant) {
        return PLAIN.time(instant);
    }

    @Override
    public String strong(String text) {
        return "<b>" + text + "</b>";
    }

    /** Cuts between lines, and a line that is too long before its last element. */
    @Override
    public String truncate(String written, int limit) {
        String kept = PLAIN.truncate(written, limit);
        return kept.lastIndexOf('<') > kept.lastIndexOf('>') ? kept.substring(0, kept.lastIndexOf('<')) : kept;
    }
}
