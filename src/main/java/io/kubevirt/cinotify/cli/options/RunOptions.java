// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run by its facts, as options. */
public final class RunOptions {

    @Option(names = "--job", paramLabel = "NAME", description = "The job's name; not needed with --url.")
    @Nullable String job;

    @Option(names = "--repo", paramLabel = "ORG/REPO", description = "The tested repository.")
    @Nullable String repo;

    @Option(names = "--type", paramLabel = "TYPE", description = "presubmit, postsubmit, periodic or batch.")
    @Nullable String type;

    @Option(names = "--cluster", paramLabel = "ALIAS", description = "The build cluster's alias.")
    @Nullable String cluster;

    @Option(names = "--state", paramLabel = "STATE", description = "How it ended; failure if not given.")
    @Nullable String state;

    @Option(names = "--description", paramLabel = "TEXT", description = "Prow's words on it.")
    @Nullable String description;

    @Option(names = "--base-ref", paramLabel = "BRANCH", description = "The branch that it ran against.")
    @Nullable String baseRef;

    @Option(names = "--test", paramLabel = "NAME", description = "A test that failed; repeatable.")
    List<String> tests = List.of();

    @Option(names = "--url", paramLabel = "BUILD_URL", description = "The page of the run; its artifacts are fetched.")
    @Nullable String url;

    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            description = "A copy of the run's directory, read instead of fetching it.")
    @Nullable public Path artifacts;

    /** Whether there is anything about a run. */
    public boolean areGiven() {
        return !tests.isEmpty()
                || Stream.of(job, repo, type, cluster, state, description, baseRef, url, artifacts)
                        .anyMatch(Objects::nonNull);
    }

    /** The same in the form of a line of a file of runs. */
    public ObjectNode described() {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("job", job)
                .put("repo", repo)
                .put("type", type)
                .put("cluster", cluster)
                .put("state", state)
                .put("description", description)
                .put("baseRef", baseRef)
                .put("url", url);
        tests.forEach(run.putArray("tests")::add);
        return run;
    }
}
