// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** No markup: titles, and channels without markup. */
public final class PlainTextMarkup implements Markup {
    @Override
    public String text(String outside) {
        return Escapes.oneLine(outside);
    }

    @Override
    public String code(String outside) {
        return Escapes.oneLine(outside);
    }

    @Override
    public String block(List<String> outside) {
        return outside.stream().map(line -> "  " + Escapes.oneLine(line)).collect(Collectors.joining("\n"));
    }

    @Override
    public String link(String words, String url) {
        return Escapes.isWeb(url) ? text(words) + " " + Escapes.encodeUrl(url) : text(words);
    }

    @Override
    public String person(Fragment.Person person) {
        return text(person.handle());
    }

    @Override
    public String timestamp(Instant instant) {
        return Escapes.utc(instant);
    }

    @Override
    public String time(Instant instant) {
        return Escapes.utcTime(instant);
    }

    @Override
    public String strong(String text) {
        return text;
    }

    @Override
    public String truncate(String written, int limit) {
        return Escapes.truncate(written, limit);
    }
}
