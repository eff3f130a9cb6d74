// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a digest: words of our own and text from outside, each marked as what it is.
 *
 * @param pieces in order
 */
public record DigestLine(List<Fragment> pieces) {

    /** Copies the pieces. */
    public DigestLine {
        pieces = List.copyOf(pieces);
    }

    /** Begins with words of our own. */
    static DigestLine of(String words) {
        return new DigestLine(List.of()).text(words);
    }

    /** Begins with a name as programs write it. */
    static DigestLine code(String name) {
        return new DigestLine(List.of()).with(new Fragment.Code(name));
    }

    /** Begins with words from outside that lead somewhere. */
    static DigestLine link(String words, String url) {
        return new DigestLine(List.of()).with(new Fragment.Link(words, url));
    }

    /** Goes on with words of our own. */
    DigestLine text(String words) {
        return with(new Fragment.Literal(words));
    }

    /** Goes on with text from outside. */
    DigestLine untrusted(String text) {
        return with(new Fragment.Untrusted(text));
    }

    /** Goes on with a person, who is not called: a digest interrupts nobody. */
    DigestLine person(String handle) {
        return with(new Fragment.Person(handle, null, false));
    }

    /** Goes on with any piece. */
    DigestLine with(Fragment piece) {
        List<Fragment> longer = new ArrayList<>(pieces);
        longer.add(piece);
        return new DigestLine(longer);
    }

    /** As a channel writes it. */
    String render(Markup dialect) {
        return pieces.stream().map(piece -> piece.render(dialect)).collect(Collectors.joining());
    }
}
