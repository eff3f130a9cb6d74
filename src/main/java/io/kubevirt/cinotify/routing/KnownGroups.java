// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What sigs.yaml and the OWNERS files say about the SIGs.
 *
 * @param names the short names, with none and multi
 * @param otherNames further names, such as that of the Slack channel, with the short name
 * @param ownersFiles the OWNERS files of the job configuration by folder; the folder of the root is empty
 */
public record KnownGroups(
        Set<String> names,
        Map<String, String> otherNames,
        Subprojects subprojects,
        Map<String, OwnersFile> ownersFiles) {
    public KnownGroups {
        names = Set.copyOf(names);
        otherNames = Map.copyOf(otherNames);
        ownersFiles = Map.copyOf(ownersFiles);
    }

    /** The entries of an OWNERS file that may name a SIG: {@code sig/node}, and aliases as {@code sig-node-leads}. */
    public record OwnersFile(List<String> labels, List<String> approvers) {
        public OwnersFile {
            labels = List.copyOf(labels);
            approvers = List.copyOf(approvers);
        }
    }
}
