// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.List;

/** The block {@code bumps}: pull requests opened by bots. */
public record BumpConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "The area that is notified, once, of a pull request of a known bot that matches no class.")
        String area,

        @JsonPropertyDescription("Classes of pull requests; the first match wins.")
        List<BumpClass> classes,

        @JsonPropertyDescription(
                "The area that is notified if a merged bump is not deployed; the same as area if absent.")
        String deploymentArea,

        @JsonPropertyDescription(
                "How long a failed job, a merge conflict, or a missing or unfinished deployment is tolerated before a"
                        + " notification.")
        Duration gracePeriod,

        @JsonPropertyDescription("How long after its merge a bump is listed as a suspect of new failures.")
        Duration suspectWindow,

        @JsonPropertyDescription(
                "Repositories, as org/repo, whose open pull requests are read at the start and every hour, in case a"
                        + " webhook was missed.")
        List<Repository> repositories) {
    public BumpConfig {
        classes = ConfigCollections.orEmpty(classes);
        deploymentArea = deploymentArea == null ? area : deploymentArea;
        gracePeriod = gracePeriod == null ? Duration.ofHours(2) : gracePeriod;
        suspectWindow = suspectWindow == null ? Duration.ofHours(24) : suspectWindow;
        repositories = ConfigCollections.orEmpty(repositories);
    }

    public BumpClasses bumpClasses() {
        return new BumpClasses(classes);
    }

    public void check(ConfigValidator check) {
        check.area(area, "area");
        if (!area.equals(deploymentArea)) {
            check.area(deploymentArea, "deploymentArea");
        }
        check.positive(gracePeriod, "gracePeriod");
        check.positive(suspectWindow, "suspectWindow");
        // A stored pull request has only the name of its class.
        check.unique(classes, BumpClass::name, "class", "classes");
        for (int index = 0; index < classes.size(); index++) {
            classes.get(index).check(check.at("classes", index));
        }
    }
}
