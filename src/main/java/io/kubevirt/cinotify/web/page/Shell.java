// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all pages have around their content.
 *
 * @param page its name in the navigation
 * @param base what all paths begin with; empty, or with a slash at the front alone
 * @param state of CI, in a word
 * @param user who signed in; null for nobody
 * @param login where people sign in with GitHub; null if they cannot, or have
 * @param logout the token of the form that signs the user out; null if the board cannot
 * @param problems parameters that are ignored, and why
 * @param json the address of the same data in the API; null if there is none
 * @param live whether the page follows changes
 */
public record Shell(
        String title,
        String page,
        String base,
        String css,
        String script,
        String icon,
        String state,
        @Nullable Person user,
        @Nullable String login,
        @Nullable String logout,
        List<String> problems,
        @Nullable String json,
        boolean live,
        Moment dataAsOf,
        String zone,
        String version,
        boolean dryRun,
        List<String> sources) {
    /** The names of the pages, in order, with their paths. */
    private static final List<Link> PAGES = List.of(
            new Link("Now", "/"),
            new Link("Why", "/why"),
            new Link("Roster", "/roster"),
            new Link("Lanes", "/lanes"),
            new Link("Tests", "/tests"),
            new Link("Bumps", "/bumps"),
            new Link("Activity", "/activity"),
            new Link("Health", "/health"));

    public Shell {
        problems = List.copyOf(problems);
        sources = List.copyOf(sources);
    }

    public record Link(String name, String path) {}

    public List<Link> pages() {
        return PAGES;
    }
}
