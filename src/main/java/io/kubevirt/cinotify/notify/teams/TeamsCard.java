// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.template.Escapes;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A message as an Adaptive Card. Its text is in runs, which have no Markdown, so that untrusted text needs no escapes; links are runs of
 * their own.
 *
 * @see <a href="https://adaptivecards.io/explorer/RichTextBlock.html">The format</a>
 */
final class TeamsCard {
    /** Teams refuses messages of more than 28 KB, after the workflow has accepted them. */
    private static final int LARGEST = 27 << 10;

    private static final int LONGEST_TEXT = 12_000;
    private static final int LONGEST_TITLE = 256;

    static final TemplateSet TEMPLATES =
            new TemplateSet("plain", "txt", new RunMarkup(), Map.of(TemplateSet.TITLE, LONGEST_TITLE), LONGEST_TEXT);

    private static final Pattern LINK =
            Pattern.compile("\ue000([^\ue000-\ue002]*)\ue001(https?://[^\ue000-\ue002]*)\ue002");
    private static final Pattern MARKS = Pattern.compile("[\ue000-\ue002]");

    private TeamsCard() {}

    /** A message with one card, which is shortened to the limit of Teams. */
    static ObjectNode message(String title, String text) {
        ObjectNode message = card(title, text);
        for (int limit = text.length() / 2; size(message) > LARGEST; limit /= 2) {
            message = card(title, new RunMarkup().truncate(text, limit));
        }
        return message;
    }

    private static int size(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static ObjectNode card(String title, String text) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
        ObjectNode card = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl")
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        ArrayNode body = card.putArray("body");
        run(line(body, "Default"), title).put("weight", "Bolder").put("size", "Medium");
        text.lines().filter(line -> !line.isBlank()).forEach(line -> runs(line(body, "Small"), line));
        return message;
    }

    private static ArrayNode line(ArrayNode body, String spacing) {
        return body.addObject()
                .put("type", "RichTextBlock")
                .put("spacing", spacing)
                .putArray("inlines");
    }

    private static void runs(ArrayNode inlines, String line) {
        Matcher link = LINK.matcher(line);
        int end = 0;
        while (link.find()) {
            run(inlines, line.substring(end, link.start()));
            run(inlines, link.group(1))
                    .putObject("selectAction")
                    .put("type", "Action.OpenUrl")
                    .put("url", link.group(2));
            end = link.end();
        }
        run(inlines, line.substring(end));
    }

    private static ObjectNode run(ArrayNode inlines, String text) {
        ObjectNode run = JsonNodeFactory.instance
                .objectNode()
                .put("type", "TextRun")
                .put("text", MARKS.matcher(text).replaceAll(""));
        if (!text.isEmpty()) {
            inlines.add(run);
        }
        return run;
    }

    /** Plain text, in which characters that untrusted text cannot have mark the links. */
    private static final class RunMarkup implements Markup {
        private static final PlainTextMarkup PLAIN = new PlainTextMarkup();

        @Override
        public String text(String outside) {
            String line = PLAIN.text(outside);
            StringBuilder safe = new StringBuilder();
            for (int at = 0; at < line.length(); at++) {
                safe.append(line.charAt(at)).append(Escapes.beginsUrl(line, at) ? "\u200b" : "");
            }
            return safe.toString();
        }

        @Override
        public String code(String outside) {
            return text(outside);
        }

        @Override
        public String block(List<String> outside) {
            return PLAIN.block(outside.stream().map(this::text).toList());
        }

        @Override
        public String link(String words, String url) {
            // Encoded; empty if it is not an HTTP URL.
            String address = PLAIN.link("", url).strip();
            return address.isEmpty() ? text(words) : "\ue000" + text(words) + "\ue001" + address + "\ue002";
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
            return text;
        }

        @Override
        public String truncate(String written, int limit) {
            return PLAIN.truncate(written, limit);
        }
    }
}
