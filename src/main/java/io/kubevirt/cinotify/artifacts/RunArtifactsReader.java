// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RootCause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Reads the files of one run, one after the other, and notes what became of each. */
final class RunArtifactsReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READ_AHEAD_BYTES = 64 << 10;

    /** A store that is down must not take its time for each file anew. */
    private static final int MAX_UNREACHABLE = 2;

    private final Artifacts artifacts;
    private final ReadLimits limits;
    private final List<String> junitNames;
    private final Instant deadline;
    private final InstantSource clock;
    private final List<ArtifactFile> files = new ArrayList<>();
    private Duration retryAfter = Duration.ZERO;
    private int unreachable;

    RunArtifactsReader(
            Artifacts artifacts, ReadLimits bounds, List<String> junitNames, Instant end, InstantSource clock) {
        this.artifacts = artifacts;
        this.limits = bounds;
        this.junitNames = junitNames;
        this.deadline = end;
        this.clock = clock;
    }

    Evidence read() {
        Optional<FinishedMetadata> finish = json(ArtifactName.FINISHED).map(RunMetadataParser::finished);
        Optional<CloneFailure> clone = json(ArtifactName.CLONE_RECORDS).flatMap(RunMetadataParser::cloneFailure);
        PodInfo pod =
                json(ArtifactName.POD_INFO).map(RunMetadataParser::podInfo).orElse(PodInfo.UNKNOWN);
        Optional<JsonNode> started = pod.node() == null ? json(ArtifactName.STARTED) : Optional.empty();
        Optional<JsonNode> prowJob = json(ArtifactName.PROW_JOB);
        JunitReport tests = tests();
        BuildLog log = log();
        return new Evidence(
                files,
                finish.orElse(null),
                clone.orElse(null),
                pod.withNode(started.map(RunMetadataParser::startedNode).orElse(null)),
                prowJob.map(RunMetadataParser::cluster).orElse(null),
                tests,
                log,
                retryAfter);
    }

    /** The node alone. */
    Optional<RunNode> node() {
        PodInfo pod =
                json(ArtifactName.POD_INFO).map(RunMetadataParser::podInfo).orElse(PodInfo.UNKNOWN);
        Optional<String> name = pod.node() == null
                ? json(ArtifactName.STARTED).map(RunMetadataParser::startedNode)
                : Optional.of(pod.node());
        return name.map(known -> new RunNode(
                known,
                json(ArtifactName.PROW_JOB).map(RunMetadataParser::cluster).orElse(null)));
    }

    private Optional<JsonNode> json(String name) {
        if (!(open(name, 0, Long.MAX_VALUE) instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return Optional.empty();
        }
        try (InputStream bounded = new BoundedStream(content, limits.json(), limits.fileTimeout())) {
            JsonNode tree = JSON.readTree(bounded);
            recordState(name, FileState.READ, "");
            return Optional.of(tree);
        } catch (IOException e) {
            recordState(name, ReadFailure.stateOf(e), RootCause.describe(e));
            return Optional.empty();
        }
    }

    private JunitReport tests() {
        Optional<List<String>> listed = artifacts
                .list(ArtifactName.JUNIT_PREFIX)
                .map(names -> names.stream()
                        .filter(name -> name.endsWith(ArtifactName.JUNIT_SUFFIX))
                        .toList());
        JunitParser gathered = new JunitParser();
        int before = files.size();
        List<String> names = listed.orElse(junitNames);
        names.stream().limit(limits.junitFiles()).forEach(name -> junit(name, gathered));
        List<ArtifactFile> found = files.subList(before, files.size());
        // A fixed name that is missing is one of several that it could have; only all of them together tell something.
        boolean none = found.stream().allMatch(file -> file.state() == FileState.MISSING);
        if (none && (listed.isPresent() || !junitNames.isEmpty())) {
            found.clear();
            recordState(Evidence.JUNIT, FileState.MISSING, "");
        }
        if (names.size() > limits.junitFiles()) {
            recordState(
                    Evidence.JUNIT,
                    FileState.CUT,
                    limits.junitFiles() + " of " + names.size() + " were read, the first by their names");
        }
        return gathered.report();
    }

    private void junit(String name, JunitParser gathered) {
        if (!(open(name, 0, Long.MAX_VALUE) instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return;
        }
        try (InputStream bounded = new BoundedStream(content, limits.junit(), limits.fileTimeout())) {
            gathered.read(SafeXml.open(bounded));
            recordState(name, FileState.READ, "");
        } catch (IOException | XMLStreamException | RuntimeException e) {
            boolean some = gathered.report().ran() > 0;
            recordState(name, some ? FileState.CUT : ReadFailure.stateOf(e), reason(e));
        }
    }

    /** What the parser says of itself has two lines, and letters of the file. */
    private static String reason(Exception failure) {
        return failure instanceof XMLStreamException broken
                        && broken.getLocation() != null
                        && broken.getNestedException() == null
                ? "its XML is broken, or beyond bounds, at line "
                        + broken.getLocation().getLineNumber() + ", column "
                        + broken.getLocation().getColumnNumber()
                : RootCause.describe(failure);
    }

    private BuildLog log() {
        if (!(open(ArtifactName.BUILD_LOG, 0, limits.logHead())
                instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return BuildLog.NONE;
        }
        try {
            byte[] head = bytes(content, limits.logHead());
            boolean whole = total < 0 ? head.length < limits.logHead() : head.length >= total;
            if (whole) {
                recordState(ArtifactName.BUILD_LOG, FileState.READ, "");
                return BuildLog.whole(LineDecoder.decode(head, true, true));
            }
            return withTail(head, total);
        } catch (IOException e) {
            recordState(ArtifactName.BUILD_LOG, ReadFailure.stateOf(e), RootCause.describe(e));
            return BuildLog.NONE;
        }
    }

    private BuildLog withTail(byte[] head, long total) throws IOException {
        long start = Math.max(head.length, total - limits.logTail());
        boolean gap = start > head.length;
        List<String> lines = LineDecoder.decode(head, true, false);
        if (total >= 0
                && artifacts.open(ArtifactName.BUILD_LOG, start, limits.logTail())
                        instanceof FetchResult.Body(InputStream content, long from, long length)) {
            if (from == start) {
                byte[] tail = bytes(content, limits.logTail());
                recordState(ArtifactName.BUILD_LOG, FileState.READ, "");
                return gap
                        ? new BuildLog(lines, LineDecoder.decode(tail, false, true), true, total)
                        : new BuildLog(LineDecoder.decode(joined(head, tail), true, true), List.of(), false, total);
            }
            content.close();
        }
        recordState(ArtifactName.BUILD_LOG, FileState.CUT, "the store gives no part of it but the beginning");
        return new BuildLog(lines, List.of(), true, total);
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(head.length + tail.length);
        both.writeBytes(head);
        both.writeBytes(tail);
        return both.toByteArray();
    }

    /** What is there of so many bytes; the rest is left where it is. */
    private byte[] bytes(InputStream content, int most) throws IOException {
        try (InputStream bounded = new BoundedStream(content, most + READ_AHEAD_BYTES, limits.fileTimeout())) {
            return bounded.readNBytes(most);
        }
    }

    private FetchResult open(String name, long from, long most) {
        FetchResult answer = clock.instant().isAfter(deadline)
                ? new FetchResult.Unreachable("the time for this run was over", Duration.ZERO)
                : unreachable >= MAX_UNREACHABLE
                        ? new FetchResult.Unreachable("not asked for, as the store does not answer", Duration.ZERO)
                        : artifacts.open(name, from, most);
        switch (answer) {
            case FetchResult.Missing missing -> recordState(name, FileState.MISSING, "");
            case FetchResult.Refused(String why) -> recordState(name, FileState.UNREADABLE, why);
            case FetchResult.Denied(String why) -> recordState(name, FileState.DENIED, why);
            case FetchResult.Unreachable(String why, Duration asked) -> {
                unreachable++;
                retryAfter = asked.compareTo(retryAfter) > 0 ? asked : retryAfter;
                recordState(name, FileState.UNREACHABLE, why);
            }
            case FetchResult.Body body -> {}
        }
        return answer;
    }

    private void recordState(String name, FileState state, String remark) {
        files.add(new ArtifactFile(name, state, remark));
    }
}
