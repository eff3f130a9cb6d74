// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Plain text with times in the zone of the reader. Untrusted text cannot move the cursor or change colors. */
final class ConsoleMarkup implements Markup {
    private final Markup plain = new PlainTextMarkup();
    private final DateTimeFormatter minute;
    private final DateTimeFormatter time;

    ConsoleMarkup(ZoneId zone) {
        this.minute = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ENGLISH)
                .withZone(zone);
        this.time = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH).withZone(zone);
    }

    @Override
    public String text(String outside) {
        return plain.text(outside);
    }

    @Override
    public String code(String outside) {
        return plain.code(outside);
    }

    @Override
    public String block(List<String> outside) {
        return plain.block(outside);
    }

    /** The URLs of pull requests would hide everything else. */
    @Override
    public String link(String words, String url) {
        return words.startsWith("#") ? text(words) : plain.link(words, url);
    }

    @Override
    public String person(Fragment.Person person) {
        return plain.person(person);
    }

    @Override
    public String timestamp(Instant instant) {
        return minute.format(instant);
    }

    @Override
    public String time(Instant instant) {
        return time.format(instant);
    }

    @Override
    public String strong(String text) {
        return text;
    }

    @Override
    public String truncate(String written, int limit) {
        return plain.truncate(written, limit);
    }
}
