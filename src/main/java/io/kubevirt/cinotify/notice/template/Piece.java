/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.template;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a template can show beside plain text; each channel has its own way to write it. */
public sealed interface Piece {

    /** As a channel writes it. */
    String in(Dialect dialect);

    /** Words of our own, without anything that any channel takes for markup: written as they are. */
    record Own(String words) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return words;
        }
    }

    /** Text from outside. */
    record Outside(String text) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return dialect.text(text);
        }
    }

    /** A name as programs write it. */
    record Code(String text) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return dialect.code(text);
        }
    }

    /** Lines of a log. */
    record Block(List<String> lines) implements Piece {
        /** Copies the lines. */
        public Block {
            lines = List.copyOf(lines);
        }

        @Override
        public String in(Dialect dialect) {
            return dialect.block(lines);
        }
    }

    /** Words that lead somewhere. */
    record Link(String words, String url) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return dialect.link(words, url);
        }
    }

    /**
     * A person.
     *
     * @param handle on GitHub
     * @param slack the Slack user id, where known
     * @param called whether the person must act, and is to hear of it
     */
    record Person(String handle, @Nullable String slack, boolean called) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return dialect.person(this);
        }
    }

    /** An instant. */
    record Moment(Instant at) implements Piece {
        @Override
        public String in(Dialect dialect) {
            return dialect.moment(at);
        }
    }

    /**
     * Several, of which the first few are shown.
     *
     * @param shown those
     * @param more how many are not
     */
    record Listing(List<? extends Piece> shown, int more) implements Piece {
        /** Copies what is shown. */
        public Listing {
            shown = List.copyOf(shown);
        }

        /** The first of them. */
        static Listing of(List<? extends Piece> all, int most) {
            return new Listing(all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }

        @Override
        public String in(Dialect dialect) {
            String words = shown.stream().map(piece -> piece.in(dialect)).collect(Collectors.joining(", "));
            return more == 0 ? words : words + " and " + more + " more";
        }
    }
}
