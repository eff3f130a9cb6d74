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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run by its facts, as options. */
final class RunOptions {

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
    @Nullable Path artifacts;

    /** Whether there is anything about a run. */
    boolean areGiven() {
        return !tests.isEmpty()
                || Stream.of(job, repo, type, cluster, state, description, baseRef, url, artifacts)
                        .anyMatch(Objects::nonNull);
    }

    /** The same in the form of a line of a file of runs. */
    ObjectNode described() {
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
