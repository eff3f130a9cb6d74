// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import io.kubevirt.cinotify.http.SecretFile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Jira on which the group's boards are, as the settings say at present.
 *
 * @param url its address, without {@code rest/api}
 * @param token the file with a personal access token
 * @param boards what an issue of each area looks like; areas that are not here get none
 * @param resolveTransition the name of the transition that ends an issue
 * @param reopenTransition the name of the transition that opens it again
 */
public record JiraConfig(
        URI url, SecretFile token, Map<String, Board> boards, String resolveTransition, String reopenTransition) {

    /** Copies the map. */
    public JiraConfig {
        boards = Map.copyOf(boards);
    }

    /**
     * What an issue of an area looks like.
     *
     * @param project its key
     * @param issueType the name of its type
     * @param component the name of its component; null for none
     * @param labels beside our own
     */
    public record Board(
            String project, String issueType, @Nullable String component, List<String> labels) {
        /** Copies the list. */
        public Board {
            labels = List.copyOf(labels);
        }
    }

    Optional<Board> board(String area) {
        return Optional.ofNullable(boards.get(area));
    }

    /** The address of a resource of REST v2. */
    URI resource(String path) {
        return URI.create(url + (url.toString().endsWith("/") ? "" : "/") + "rest/api/2/" + path);
    }
}
