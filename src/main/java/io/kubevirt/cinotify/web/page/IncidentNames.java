// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.IncidentItem;
import java.util.ArrayList;
import java.util.List;

/** An incident in few words. */
final class IncidentNames {
    private IncidentNames() {}

    /** The title without the repository. */
    static String name(IncidentItem incident) {
        int space = repositoryLength(incident.title());
        return space == 0 ? incident.title() : incident.title().substring(space + 1);
    }

    /** The repository in the title; empty if there is none. */
    static String repository(IncidentItem incident) {
        return incident.title().substring(0, repositoryLength(incident.title()));
    }

    private static int repositoryLength(String title) {
        int space = title.indexOf(' ');
        int slash = title.indexOf('/');
        return slash > 0 && slash < space && !title.substring(0, space).matches(".*[:#].*") ? space : 0;
    }

    /** What is known of it, in one line. */
    static String line(IncidentItem incident) {
        List<String> facts = new ArrayList<>();
        if (!incident.pulls().isEmpty() && incident.isBlocking()) {
            facts.add(Plural.of(incident.pulls().size(), "pull request"));
        }
        facts.add(incident.why());
        if (incident.failure() != null) {
            facts.add(incident.failure());
        }
        return String.join(" · ", facts);
    }
}
