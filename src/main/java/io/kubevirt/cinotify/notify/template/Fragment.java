// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value of a template that is more than text; each channel renders it in its own markup. */
public sealed interface Fragment {
    /** Renders it in the markup of a channel. */
    String render(Markup markup);

    /** Trusted text without any markup, rendered as it is. */
    record Literal(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return text;
        }
    }

    record Untrusted(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.text(text);
        }
    }

    /** Inline code. */
    record Code(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.code(text);
        }
    }

    /** A block of log lines. */
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
     * @param slackUserId null if unknown
     * @param mentioned whether the person must act
     */
    record Person(String handle, @Nullable String slackUserId, boolean mentioned) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.person(this);
        }
    }

    /** A time. */
    record Timestamp(Instant at) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.timestamp(at);
        }
    }

    /**
     * A list of which only the first entries are shown.
     *
     * @param more number of entries that are not shown
     */
    record TruncatedList(List<? extends Fragment> shown, int more) implements Fragment {
        /** Copies the list. */
        public TruncatedList {
            shown = List.copyOf(shown);
        }

        /** Keeps the first entries. */
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
