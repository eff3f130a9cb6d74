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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.settings.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks whether somebody already cares for a failure. An issue counts only once its pattern has matched the run that it
 * names: a slip in a pattern must not hide failures.
 */
public final class KnownIssues {

    private final ArtifactPlaces places;
    private final Map<String, Boolean> tried = new ConcurrentHashMap<>();

    /** @param places where the named runs are read */
    public KnownIssues(ArtifactPlaces places) {
        this.places = places;
    }

    /**
     * What is known of a failure.
     *
     * @param issue the issue that it matches
     * @param counts whether its pattern has matched the run that it names
     */
    public record Match(KnownIssue issue, boolean counts) {

        /** What a trace says of it. */
        public String sentence() {
            return counts
                    ? issue.sentence()
                    : "known issue \"" + issue.name() + "\" matches, but does not count: its pattern was not seen to"
                            + " match its own build " + issue.build();
        }
    }

    /** The first issue in force that matches; may fetch the run that the issue names, once. */
    public Optional<Match> match(Settings settings, Symptoms symptoms, Instant now) {
        return settings.knownIssues().stream()
                .filter(issue -> issue.isInForce(now))
                .filter(issue -> issue.matches(symptoms))
                .findFirst()
                .map(issue -> new Match(issue, hasMatchedItsBuild(settings, issue)));
    }

    private boolean hasMatchedItsBuild(Settings settings, KnownIssue issue) {
        String key = issue.pattern().pattern() + " " + issue.build();
        Boolean known = tried.get(key);
        if (known != null) {
            return known;
        }
        Optional<JobRun> run = ArtifactPlaces.run(settings, issue.build());
        Optional<Evidence> evidence = run.flatMap(of -> places.read(settings, of));
        // A store that is away proves nothing; the next match tries again.
        if (evidence.isEmpty() || evidence.get().isUnreachable()) {
            return false;
        }
        Symptoms symptoms =
                settings.diagnoser().diagnose(run.orElseThrow(), evidence.get()).symptoms();
        boolean matches = symptoms != null && issue.matches(symptoms);
        tried.put(key, matches);
        return matches;
    }
}
