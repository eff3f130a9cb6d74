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
package io.kubevirt.cinotify.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.intake.BoundedStream;
import io.kubevirt.cinotify.intake.Reason;
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
final class ArtifactReading {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PIECE = 64 << 10;

    /** A store that is down must not take its time for each file anew. */
    private static final int MOST_UNANSWERED = 2;

    private final Artifacts artifacts;
    private final Bounds bounds;
    private final List<String> junitNames;
    private final Instant end;
    private final InstantSource clock;
    private final List<ArtifactFile> files = new ArrayList<>();
    private Duration pause = Duration.ZERO;
    private int unanswered;

    ArtifactReading(Artifacts artifacts, Bounds bounds, List<String> junitNames, Instant end, InstantSource clock) {
        this.artifacts = artifacts;
        this.bounds = bounds;
        this.junitNames = junitNames;
        this.end = end;
        this.clock = clock;
    }

    Evidence read() {
        Optional<Finish> finish = json(Artifact.FINISHED).map(RunJson::finish);
        Optional<CloneFailure> clone = json(Artifact.CLONE_RECORDS).flatMap(RunJson::cloneFailure);
        PodFacts pod = json(Artifact.POD_INFO).map(RunJson::pod).orElse(PodFacts.UNKNOWN);
        Optional<JsonNode> started = pod.node() == null ? json(Artifact.STARTED) : Optional.empty();
        Optional<JsonNode> prowJob = json(Artifact.PROW_JOB);
        TestReport tests = tests();
        BuildLog log = log();
        return new Evidence(
                files,
                finish.orElse(null),
                clone.orElse(null),
                pod.on(started.map(RunJson::startedOn).orElse(null)),
                prowJob.map(RunJson::cluster).orElse(null),
                tests,
                log,
                pause);
    }

    /** The node alone. */
    Optional<RunNode> node() {
        PodFacts pod = json(Artifact.POD_INFO).map(RunJson::pod).orElse(PodFacts.UNKNOWN);
        Optional<String> name =
                pod.node() == null ? json(Artifact.STARTED).map(RunJson::startedOn) : Optional.of(pod.node());
        return name.map(known ->
                new RunNode(known, json(Artifact.PROW_JOB).map(RunJson::cluster).orElse(null)));
    }

    private Optional<JsonNode> json(String name) {
        if (!(open(name, 0, Long.MAX_VALUE) instanceof Answer.Body(InputStream content, long from, long total))) {
            return Optional.empty();
        }
        try (InputStream bounded = new BoundedStream(content, bounds.json(), bounds.perFile())) {
            JsonNode tree = JSON.readTree(bounded);
            note(name, FileState.READ, "");
            return Optional.of(tree);
        } catch (IOException e) {
            note(name, Unread.of(e), Reason.of(e));
            return Optional.empty();
        }
    }

    private TestReport tests() {
        Optional<List<String>> listed = artifacts.list(Artifact.JUNIT_PREFIX).map(names -> names.stream()
                .filter(name -> name.endsWith(Artifact.JUNIT_SUFFIX))
                .toList());
        JunitFile gathered = new JunitFile();
        int before = files.size();
        List<String> names = listed.orElse(junitNames);
        names.stream().limit(bounds.junitFiles()).forEach(name -> junit(name, gathered));
        List<ArtifactFile> found = files.subList(before, files.size());
        // A fixed name that is missing is one of several that it could have; only all of them together tell something.
        boolean none = found.stream().allMatch(file -> file.state() == FileState.MISSING);
        if (none && (listed.isPresent() || !junitNames.isEmpty())) {
            found.clear();
            note(Evidence.JUNIT, FileState.MISSING, "");
        }
        if (names.size() > bounds.junitFiles()) {
            note(
                    Evidence.JUNIT,
                    FileState.CUT,
                    bounds.junitFiles() + " of " + names.size() + " were read, the first by their names");
        }
        return gathered.report();
    }

    private void junit(String name, JunitFile gathered) {
        if (!(open(name, 0, Long.MAX_VALUE) instanceof Answer.Body(InputStream content, long from, long total))) {
            return;
        }
        try (InputStream bounded = new BoundedStream(content, bounds.junit(), bounds.perFile())) {
            gathered.read(Xml.open(bounded));
            note(name, FileState.READ, "");
        } catch (IOException | XMLStreamException | RuntimeException e) {
            boolean some = gathered.report().ran() > 0;
            note(name, some ? FileState.CUT : Unread.of(e), reason(e));
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
                : Reason.of(failure);
    }

    private BuildLog log() {
        if (!(open(Artifact.BUILD_LOG, 0, bounds.logHead())
                instanceof Answer.Body(InputStream content, long from, long total))) {
            return BuildLog.NONE;
        }
        try {
            byte[] head = bytes(content, bounds.logHead());
            boolean whole = total < 0 ? head.length < bounds.logHead() : head.length >= total;
            if (whole) {
                note(Artifact.BUILD_LOG, FileState.READ, "");
                return BuildLog.whole(LogText.lines(head, true, true));
            }
            return withTail(head, total);
        } catch (IOException e) {
            note(Artifact.BUILD_LOG, Unread.of(e), Reason.of(e));
            return BuildLog.NONE;
        }
    }

    private BuildLog withTail(byte[] head, long total) throws IOException {
        long start = Math.max(head.length, total - bounds.logTail());
        boolean gap = start > head.length;
        List<String> lines = LogText.lines(head, true, false);
        if (total >= 0
                && artifacts.open(Artifact.BUILD_LOG, start, bounds.logTail())
                        instanceof Answer.Body(InputStream content, long from, long length)) {
            if (from == start) {
                byte[] tail = bytes(content, bounds.logTail());
                note(Artifact.BUILD_LOG, FileState.READ, "");
                return gap
                        ? new BuildLog(lines, LogText.lines(tail, false, true), true, total)
                        : new BuildLog(LogText.lines(joined(head, tail), true, true), List.of(), false, total);
            }
            content.close();
        }
        note(Artifact.BUILD_LOG, FileState.CUT, "the store gives no part of it but the beginning");
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
        try (InputStream bounded = new BoundedStream(content, most + PIECE, bounds.perFile())) {
            return bounded.readNBytes(most);
        }
    }

    private Answer open(String name, long from, long most) {
        Answer answer = clock.instant().isAfter(end)
                ? new Answer.Unreachable("the time for this run was over", Duration.ZERO)
                : unanswered >= MOST_UNANSWERED
                        ? new Answer.Unreachable("not asked for, as the store does not answer", Duration.ZERO)
                        : artifacts.open(name, from, most);
        switch (answer) {
            case Answer.Missing missing -> note(name, FileState.MISSING, "");
            case Answer.Refused(String why) -> note(name, FileState.UNREADABLE, why);
            case Answer.Denied(String why) -> note(name, FileState.DENIED, why);
            case Answer.Unreachable(String why, Duration asked) -> {
                unanswered++;
                pause = asked.compareTo(pause) > 0 ? asked : pause;
                note(name, FileState.UNREACHABLE, why);
            }
            case Answer.Body body -> {}
        }
        return answer;
    }

    private void note(String name, FileState state, String remark) {
        files.add(new ArtifactFile(name, state, remark));
    }
}
