// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a template can show beside plain text; each channel has its own way to write it. */
public sealed interface Fragment {

    /** As a channel writes it. */
    String render(Markup markup);

    /** Words of our own, without anything that any channel takes for markup: written as they are. */
    record Literal(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return text;
        }
    }

    /** Text from outside. */
    record Untrusted(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.text(text);
        }
    }

    /** A name as programs write it. */
    record Code(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.code(text);
        }
    }

    /** Lines of a log. */
    record Block(List<String> lines) implements Fragment {
        /** Copies the lines. */
        public Block {
            lines = List.copyOf(lines);
        }

        @Override
        public String render(Markup markup) {
            return markup.block(lines);
        }
    }

    /** Words that lead somewhere. */
    record Link(String text, String url) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.link(text, url);
        }
    }

    /**
     * A person.
     *
     * @param handle on GitHub
     * @param slackUserId the Slack user id, where known
     * @param mentioned whether the person must act, and is to hear of it
     */
    record Person(String handle, @Nullable String slackUserId, boolean mentioned) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.person(this);
        }
    }

    /** An instant. */
    record Timestamp(Instant at) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.timestamp(at);
        }
    }

    /**
     * Several, of which the first few are shown.
     *
     * @param shown those
     * @param more how many are not
     */
    record TruncatedList(List<? extends Fragment> shown, int more) implements Fragment {
        /** Copies what is shown. */
        public TruncatedList {
            shown = List.copyOf(shown);
        }

        /** The first of them. */
        static TruncatedList of(List<? extends Fragment> all, int most) {
            return new TruncatedList(all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }

        @Override
        public String render(Markup markup) {
            String words =
                    shown.stream().map(fragment -> fragment.render(markup)).collect(Collectors.joining(", "));
            return more == 0 ? words : words + " and " + more + " more";
        }
    }
}
