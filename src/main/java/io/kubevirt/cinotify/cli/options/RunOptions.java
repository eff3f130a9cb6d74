// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.text.PastedText;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

public final class RunOptions {
    @Option(names = "--job", paramLabel = "NAME", description = "Job name; optional with --url.")
    private @Nullable String job;

    @Option(names = "--repo", paramLabel = "ORG/REPO", description = "Repository under test.")
    private @Nullable String repo;

    @Option(names = "--type", paramLabel = "TYPE", description = "presubmit, postsubmit, periodic or batch.")
    private @Nullable String type;

    @Option(names = "--cluster", paramLabel = "ALIAS", description = "Alias of the build cluster.")
    private @Nullable String cluster;

    @Option(names = "--state", paramLabel = "STATE", description = "Final state (failure).")
    private @Nullable String state;

    @Option(names = "--description", paramLabel = "TEXT", description = "Description by Prow.")
    private @Nullable String description;

    @Option(names = "--base-ref", paramLabel = "BRANCH", description = "Base branch.")
    private @Nullable String baseRef;

    @Option(names = "--test", paramLabel = "NAME", description = "Failed test; repeatable.")
    List<String> tests = List.of();

    @Option(
            names = "--url",
            paramLabel = "BUILD_URL",
            description = "Page of the run in deck; its artifacts are fetched. With --job also a pull request.")
    private @Nullable String url;

    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            description = "Copy of the artifacts directory, read instead of fetching.")
    public @Nullable Path artifacts;

    public boolean areGiven() {
        return !tests.isEmpty()
                || Stream.of(job, repo, type, cluster, state, description, baseRef, url, artifacts)
                        .anyMatch(Objects::nonNull);
    }

    /** The run in the format of {@code --file}. */
    public ObjectNode toJson() {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("job", job)
                .put("repo", repo)
                .put("type", type)
                .put("cluster", cluster)
                .put("state", state)
                .put("description", description)
                .put("baseRef", baseRef)
                .put("url", url == null ? null : PastedText.runUrl(url));
        tests.forEach(run.putArray("tests")::add);
        return run;
    }
}
