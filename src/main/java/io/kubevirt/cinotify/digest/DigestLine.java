// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A line of a digest: trusted and untrusted text. */
public record DigestLine(List<Fragment> fragments) {
    /** Copies the fragments. */
    public DigestLine {
        fragments = List.copyOf(fragments);
    }

    /** Starts with trusted text. */
    static DigestLine of(String text) {
        return new DigestLine(List.of()).text(text);
    }

    /** Starts with code. */
    static DigestLine code(String name) {
        return new DigestLine(List.of()).with(new Fragment.Code(name));
    }

    /** Starts with a link with untrusted text. */
    static DigestLine link(String text, String url) {
        return new DigestLine(List.of()).with(new Fragment.Link(text, url));
    }

    /** Appends trusted text. */
    DigestLine text(String text) {
        return with(new Fragment.Literal(text));
    }

    /** Appends a line. */
    DigestLine append(DigestLine line) {
        List<Fragment> longer = new ArrayList<>(fragments);
        longer.addAll(line.fragments);
        return new DigestLine(longer);
    }

    /** Appends untrusted text. */
    DigestLine untrusted(String text) {
        return with(new Fragment.Untrusted(text));
    }

    /** Appends a person without a mention: a digest notifies nobody. */
    DigestLine person(String handle) {
        return with(new Fragment.Person(handle, null, false));
    }

    /** Appends a fragment. */
    DigestLine with(Fragment fragment) {
        List<Fragment> longer = new ArrayList<>(fragments);
        longer.add(fragment);
        return new DigestLine(longer);
    }

    /** Renders the line in the markup of a channel. */
    String render(Markup markup) {
        return fragments.stream().map(fragment -> fragment.render(markup)).collect(Collectors.joining());
    }
}
