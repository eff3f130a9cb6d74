// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.diagnosis.LineRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the artifacts of runs lie, and what they mean.
 *
 * @param endpoint the object store; Google's if absent
 * @param testLanes in the name of a job: its runs write JUnit files
 * @param junitFiles names of JUnit files, for stores that do not list
 * @param nodeArea the area of what a node did
 * @param setupArea the area of what died before its tests, nobody knows why
 * @param breadth from where on the breadth of a failure decides; the usual if absent
 * @param log what lines of build logs mean
 */
public record EvidenceConfig(
        @JsonPropertyDescription(
                "Address of the object store, or of one that speaks S3 with buckets in the path; https://storage.googleapis.com if absent. The buckets are those of prow.")
        @Nullable String endpoint,

        @JsonPropertyDescription(
                "RE2 pattern, searched in the job's name: runs of these jobs write JUnit files, so that one without them died before its tests.")
        @Nullable Pattern testLanes,

        @JsonPropertyDescription(
                "JUnit files to look for where the store does not list, relative to the run's directory; where it does, artifacts/junit*.xml are read.")
        @Nullable List<String> junitFiles,

        @JsonPropertyDescription("The area of what a node did; that of infrastructure if absent.") @Nullable String nodeArea,

        @JsonPropertyDescription(
                "The area of runs that died before their tests, nobody knows why; that of the lane if absent.")
        @Nullable String setupArea,

        @JsonPropertyDescription(
                "From where on others that fail beside a run decide what it is, where it does not show that itself.")
        @Nullable BreadthBlock breadth,

        @JsonPropertyDescription("What lines of build logs mean.") @Nullable Log log) {

    /** The public address of Google's object store. */
    public static final String DEFAULT_ENDPOINT = "https://storage.googleapis.com";

    /** What lines of build logs mean. */
    public record Log(
            @JsonPropertyDescription(
                    "RE2 patterns of lines with which a further phase of a run begins, so that the one before it went well.")
            @Nullable List<Pattern> begins,

            @JsonPropertyDescription("RE2 patterns of lines with which a phase fails; its first cause line counts.")
            @Nullable List<Pattern> ends,

            @JsonProperty(required = true)
            @JsonPropertyDescription("First match wins for a line; put teardown and noise before causes.")
            List<LineRule> rules) {}

    /** @throws IllegalArgumentException if it is none; the message is fit for a person */
    public ObjectStoreEndpoint address() {
        return new ObjectStoreEndpoint(endpoint == null ? DEFAULT_ENDPOINT : endpoint);
    }
}
