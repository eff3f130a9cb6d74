// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.IncidentItem;
import java.util.ArrayList;
import java.util.List;

/** An incident in few words. */
final class IncidentNames {
    private IncidentNames() {}

    /** What people call it; begins with a capital unless it is the name of a job. */
    static String name(IncidentItem incident) {
        String name = incident.shortTitle();
        return name.startsWith("outage") ? "Outage" + name.substring("outage".length()) : name;
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
        RunExtent extent = incident.extent();
        if (extent == null) {
            facts.add(incident.why());
        } else {
            if (!incident.pulls().isEmpty()) {
                facts.add(
                        Plural.of(incident.pulls().size(), "PR") + (incident.isBlocking() ? " blocked" : " affected"));
            }
            facts.add(incident.runs() + " of " + Plural.of(extent.finished(), "run") + " failed");
        }
        if (incident.failure() != null) {
            facts.add(incident.failure());
        }
        return String.join(" · ", facts);
    }
}
