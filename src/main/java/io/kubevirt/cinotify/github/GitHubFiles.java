// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** Text files of repositories, of up to 1 MB. */
public final class GitHubFiles {
    private final GitHubApi api;

    public GitHubFiles(GitHubApi api) {
        this.api = api;
    }

    /** A file of the default branch; empty if it does not exist. */
    public Optional<String> read(Repository repository, String path) throws GitHubException {
        return readWith(repository, path, "");
    }

    /** A file of a commit; empty if it does not exist. */
    public Optional<String> read(Repository repository, String path, String commit) throws GitHubException {
        return readWith(repository, path, "?ref=" + GitHubRequest.encoded(commit));
    }

    private Optional<String> readWith(Repository repository, String path, String query) throws GitHubException {
        String steps =
                Arrays.stream(path.split("/")).map(GitHubRequest::encoded).collect(Collectors.joining("/"));
        JsonNode file = api.find(repository.org(), GitHubRequest.path(repository) + "/contents/" + steps + query)
                .orElse(null);
        if (file == null) {
            return Optional.empty();
        }
        if (!file.path("encoding").asText("").equals("base64")) {
            throw GitHubException.rejected(path + " is no file, or larger than 1 MB");
        }
        return Optional.of(
                new String(Base64.getMimeDecoder().decode(file.path("content").asText("")), StandardCharsets.UTF_8));
    }
}
