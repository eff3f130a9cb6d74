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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notice.template.Dialect;
import io.kubevirt.cinotify.notice.template.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a digest: words of our own and text from outside, each marked as what it is.
 *
 * @param pieces in order
 */
public record Line(List<Piece> pieces) {

    /** Copies the pieces. */
    public Line {
        pieces = List.copyOf(pieces);
    }

    /** Begins with words of our own. */
    static Line own(String words) {
        return new Line(List.of()).and(words);
    }

    /** Begins with a name as programs write it. */
    static Line code(String name) {
        return new Line(List.of()).with(new Piece.Code(name));
    }

    /** Begins with words from outside that lead somewhere. */
    static Line link(String words, String url) {
        return new Line(List.of()).with(new Piece.Link(words, url));
    }

    /** Goes on with words of our own. */
    Line and(String words) {
        return with(new Piece.Own(words));
    }

    /** Goes on with text from outside. */
    Line outside(String text) {
        return with(new Piece.Outside(text));
    }

    /** Goes on with a person, who is not called: a digest interrupts nobody. */
    Line person(String handle) {
        return with(new Piece.Person(handle, null, false));
    }

    /** Goes on with any piece. */
    Line with(Piece piece) {
        List<Piece> longer = new ArrayList<>(pieces);
        longer.add(piece);
        return new Line(longer);
    }

    /** As a channel writes it. */
    String in(Dialect dialect) {
        return pieces.stream().map(piece -> piece.in(dialect)).collect(Collectors.joining());
    }
}
