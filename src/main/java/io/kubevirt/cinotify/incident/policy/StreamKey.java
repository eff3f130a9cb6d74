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
package io.kubevirt.cinotify.incident.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import java.util.Comparator;

/**
 * What is counted together. Runs of different types never are: a batch run of a presubmit job is another stream.
 *
 * @param repository {@code org/name}, or {@link #NO_REPOSITORY}
 * @param type the type of the runs
 * @param name the family, or where a single lane is meant the job
 */
record StreamKey(String repository, JobType type, String name) implements Comparable<StreamKey> {

    /** For jobs that test no repository. */
    static final String NO_REPOSITORY = "-";

    private static final Comparator<StreamKey> ORDER = Comparator.comparing(StreamKey::repository)
            .thenComparing(key -> key.type().prowName())
            .thenComparing(StreamKey::name);

    /** Each run has one, and there are few. */
    StreamKey {
        repository = repository.intern();
        name = name.intern();
    }

    static StreamKey of(JobRun run, String name) {
        return new StreamKey(
                run.repository() == null ? NO_REPOSITORY : run.repository().fullName(), run.type(), name);
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    static StreamKey parse(String text) {
        String[] parts = text.split(" ", 3);
        return new StreamKey(parts[0], JobType.named(parts[1]).orElseThrow(), parts[2]);
    }

    /** The same repository and type, another name. */
    StreamKey named(String other) {
        return new StreamKey(repository, type, other);
    }

    boolean isPresubmit() {
        return type == JobType.PRESUBMIT;
    }

    @Override
    public int compareTo(StreamKey other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return repository + " " + type.prowName() + " " + name;
    }
}
