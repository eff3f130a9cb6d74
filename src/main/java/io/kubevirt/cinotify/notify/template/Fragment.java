// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    /**
     * A time.
     *
     * @param near whether the date is clear, so that only the time of the day is shown
     */
    record Timestamp(Instant at, boolean near) implements Fragment {
        /** With its date. */
        public Timestamp(Instant at) {
            this(at, false);
        }

        @Override
        public String render(Markup markup) {
            return near ? markup.time(at) : markup.timestamp(at);
        }
    }

    /** Trusted text that stands out. */
    record Strong(String text) implements Fragment {
        @Override
        public String render(Markup markup) {
            return markup.strong(text);
        }
    }

    /** Results of runs as squares, {@code +} passed and {@code -} failed. */
    record Strip(String results) implements Fragment {
        @Override
        public String render(Markup markup) {
            return results.replace("+", "\uD83D\uDFE9").replace("-", "\uD83D\uDFE5");
        }
    }

    /** Fragments in a row. */
    record Joined(String separator, List<Fragment> parts) implements Fragment {
        /** Copies the list. */
        public Joined {
            parts = List.copyOf(parts);
        }

        Joined(String separator, Fragment... parts) {
            this(separator, List.of(parts));
        }

        /** Those that are not null; null for none. */
        static @Nullable Fragment of(String separator, @Nullable Fragment... parts) {
            List<Fragment> present =
                    Arrays.stream(parts).filter(Objects::nonNull).toList();
            return present.isEmpty() ? null : new Joined(separator, present);
        }

        @Override
        public String render(Markup markup) {
            return parts.stream().map(part -> part.render(markup)).collect(Collectors.joining(separator));
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
