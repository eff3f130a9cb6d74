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
package io.kubevirt.cinotify.notice.jira;

import io.kubevirt.cinotify.notice.SecretFile;
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
 * @param resolve the name of the transition that ends an issue
 * @param reopen the name of the transition that opens it again
 */
public record JiraSite(URI url, SecretFile token, Map<String, Board> boards, String resolve, String reopen) {

    /** Copies the map. */
    public JiraSite {
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
