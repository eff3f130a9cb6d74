// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import io.kubevirt.cinotify.artifacts.Artifacts.FetchResult;
import io.kubevirt.cinotify.artifacts.BuildLog.LogPart;
import io.kubevirt.cinotify.artifacts.Evidence.CloneFailure;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.EvidenceReader.RunNode;
import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RootCause;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;

final class RunArtifactsReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final int READ_AHEAD_BYTES = 64 << 10;

    /** An unreachable store must not cost its timeout for every file. */
    private static final int MAX_UNREACHABLE = 2;

    private final Artifacts artifacts;
    private final ReadLimits limits;
    private final List<String> junitNames;
    private final Instant deadline;
    private final InstantSource clock;
    private final List<ArtifactFile> files = new ArrayList<>();
    /** Denied before any file was read. */
    private final Set<String> maybeMissing = new HashSet<>();

    private Duration retryAfter = Duration.ZERO;
    private int unreachable;
    private long junitBytes;

    RunArtifactsReader(
            Artifacts artifacts, ReadLimits limits, List<String> junitNames, Instant deadline, InstantSource clock) {
        this.artifacts = artifacts;
        this.limits = limits;
        this.junitNames = junitNames;
        this.deadline = deadline;
        this.clock = clock;
    }

    Evidence read() {
        Optional<FinishedMetadata> finished = finished();
        Optional<CloneFailure> clone = json(ArtifactFile.CLONE_RECORDS).flatMap(RunMetadataParser::cloneFailure);
        PodInfo pod =
                json(ArtifactFile.POD_INFO).map(RunMetadataParser::podInfo).orElse(PodInfo.UNKNOWN);
        Optional<JsonNode> started = pod.node() == null ? json(ArtifactFile.STARTED) : Optional.empty();
        Optional<JsonNode> prowJob = json(ArtifactFile.PROW_JOB);
        JunitReport tests = tests();
        BuildLog log = log();
        files.replaceAll(file -> anyRead() && maybeMissing.contains(file.name())
                ? new ArtifactFile(file.name(), FileState.MISSING, "")
                : file);
        return new Evidence(
                files,
                finished.orElse(null),
                clone.orElse(null),
                pod.withNode(started.map(RunMetadataParser::startedNode).orElse(null)),
                prowJob.map(RunMetadataParser::cluster).orElse(null),
                tests,
                log,
                retryAfter);
    }

    Optional<FinishedMetadata> finished() {
        return json(ArtifactFile.FINISHED).map(RunMetadataParser::finished);
    }

    /** Empty text if the run has none; no value if the store cannot be reached. */
    Optional<String> repoCommit() {
        String commit =
                json(ArtifactFile.STARTED).map(RunMetadataParser::repoCommit).orElse("");
        return files.stream().anyMatch(file -> file.state() == FileState.UNREACHABLE)
                ? Optional.empty()
                : Optional.of(commit);
    }

    Optional<RunNode> node() {
        PodInfo pod =
                json(ArtifactFile.POD_INFO).map(RunMetadataParser::podInfo).orElse(PodInfo.UNKNOWN);
        Optional<String> name = pod.node() == null
                ? json(ArtifactFile.STARTED).map(RunMetadataParser::startedNode)
                : Optional.of(pod.node());
        return name.map(known -> new RunNode(
                known,
                json(ArtifactFile.PROW_JOB).map(RunMetadataParser::cluster).orElse(null)));
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
            recordState(name, FileState.ofFailure(e), RootCause.describe(e));
            return Optional.empty();
        }
    }

    private JunitReport tests() {
        JunitFiles listed = JunitFiles.list(artifacts, junitNames);
        JunitParser parser = new JunitParser();
        int before = files.size();
        List<String> names = listed.names().size() > limits.junitFiles()
                ? listed.failedFirst(name -> open(name, 0, JunitFiles.HEAD_BYTES))
                : listed.names();
        files.subList(before, files.size()).clear();
        names.stream().limit(limits.junitFiles()).forEach(name -> junit(name, parser));
        List<ArtifactFile> found = files.subList(before, files.size());
        // With fixed names, only all of them missing means that there is no JUnit file.
        boolean none = found.stream().allMatch(file -> file.state() == FileState.MISSING);
        if (!listed.complete()) {
            recordState(Evidence.JUNIT, FileState.CUT, "the run has too many files to list them all");
        } else if (none && (listed.isListed() || !names.isEmpty())) {
            found.clear();
            recordState(Evidence.JUNIT, FileState.MISSING, "");
        }
        if (names.size() > limits.junitFiles()) {
            recordState(
                    Evidence.JUNIT,
                    FileState.CUT,
                    limits.junitFiles() + " of " + names.size() + " were read, those with failures first");
        }
        return parser.report();
    }

    private void junit(String name, JunitParser parser) {
        if (!(open(name, 0, Long.MAX_VALUE) instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return;
        }
        BoundedStream bounded = new BoundedStream(
                content, Math.min(limits.junit(), limits.allJunit() - junitBytes), limits.fileTimeout());
        try (bounded) {
            parser.read(SafeXml.open(bounded));
            recordState(name, FileState.READ, "");
        } catch (IOException | XMLStreamException | RuntimeException e) {
            boolean anyResult = parser.report().ran() > 0;
            recordState(name, anyResult ? FileState.CUT : FileState.ofFailure(e), reason(e));
        }
        junitBytes += bounded.count();
    }

    /** The message of the XML parser has two lines and quotes the file. */
    private static String reason(Exception failure) {
        return failure instanceof XMLStreamException broken
                        && broken.getLocation() != null
                        && broken.getNestedException() == null
                ? "invalid XML, or beyond the limits, at line "
                        + broken.getLocation().getLineNumber() + ", column "
                        + broken.getLocation().getColumnNumber()
                : RootCause.describe(failure);
    }

    private BuildLog log() {
        if (!(open(ArtifactFile.BUILD_LOG, 0, limits.logHead())
                instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return BuildLog.NONE;
        }
        try {
            if (total < 0) {
                return streamedLog(content);
            }
            byte[] head = bytes(content, limits.logHead());
            if (head.length >= total) {
                recordState(ArtifactFile.BUILD_LOG, FileState.READ, "");
                return BuildLog.whole(BuildLog.decode(head, BuildLog.charsetOf(head), true, true), -1);
            }
            return withTail(head, total);
        } catch (IOException e) {
            recordState(ArtifactFile.BUILD_LOG, FileState.ofFailure(e), RootCause.describe(e));
            return BuildLog.NONE;
        }
    }

    /** A log of unknown length, such as a compressed one: the store sends it whole. */
    private BuildLog streamedLog(InputStream content) throws IOException {
        try (InputStream bounded = new BoundedStream(content, limits.junit(), limits.fileTimeout())) {
            byte[] head = bounded.readNBytes(limits.logHead());
            Charset charset = BuildLog.charsetOf(head);
            LogTail tail = new LogTail(limits.logTail());
            boolean whole = false;
            try {
                tail.readAll(bounded);
                whole = true;
                recordState(ArtifactFile.BUILD_LOG, FileState.READ, "");
            } catch (BoundedStream.TooLongException | EOFException | ZipException e) {
                recordState(ArtifactFile.BUILD_LOG, FileState.CUT, RootCause.describe(e));
            }
            return whole && tail.isComplete()
                    ? BuildLog.whole(BuildLog.decode(joined(head, tail.bytes()), charset, true, true), -1)
                    : BuildLog.ends(
                            BuildLog.decode(head, charset, true, false),
                            BuildLog.decode(whole ? tail.bytes() : new byte[0], charset, false, true),
                            whole ? head.length + tail.length() : -1);
        }
    }

    private BuildLog withTail(byte[] head, long total) throws IOException {
        Charset charset = BuildLog.charsetOf(head);
        // An even distance, for characters of two bytes.
        long start = Math.max(head.length, total - limits.logTail() + (total - limits.logTail()) % 2);
        boolean gap = start > head.length;
        LogPart lines = BuildLog.decode(head, charset, true, false);
        if (artifacts.open(ArtifactFile.BUILD_LOG, start, limits.logTail())
                instanceof FetchResult.Body(InputStream content, long from, long length)) {
            if (from == start) {
                byte[] tail = bytes(content, limits.logTail());
                recordState(ArtifactFile.BUILD_LOG, FileState.READ, "");
                return gap
                        ? BuildLog.ends(lines, BuildLog.decode(tail, charset, false, true), total)
                        : BuildLog.whole(BuildLog.decode(joined(head, tail), charset, true, true), total);
            }
            if (from == 0) {
                // The store ignores ranges, so it sends the log again, whole.
                return streamedLog(content);
            }
            content.close();
        }
        recordState(ArtifactFile.BUILD_LOG, FileState.CUT, "the store does not support ranges");
        return new BuildLog(lines.lines(), List.of(), true, total, lines.numbers());
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(head.length + tail.length);
        buffer.writeBytes(head);
        buffer.writeBytes(tail);
        return buffer.toByteArray();
    }

    /** Up to a number of bytes; the rest is not read. */
    private byte[] bytes(InputStream content, int maxBytes) throws IOException {
        try (InputStream bounded = new BoundedStream(content, maxBytes + READ_AHEAD_BYTES, limits.fileTimeout())) {
            return bounded.readNBytes(maxBytes);
        }
    }

    private FetchResult open(String name, long from, long maxBytes) {
        FetchResult result = clock.instant().isAfter(deadline)
                ? new FetchResult.Unreachable("time limit for this run exceeded", Duration.ZERO)
                : unreachable >= MAX_UNREACHABLE
                        ? new FetchResult.Unreachable("skipped: the store is unreachable", Duration.ZERO)
                        : artifacts.open(name, from, maxBytes);
        if (result instanceof FetchResult.Denied denied && denied.maybeMissing()) {
            // The store has shown that it lets us read the directory.
            if (anyRead()) {
                recordState(name, FileState.MISSING, "");
                return new FetchResult.Missing();
            }
            maybeMissing.add(name);
        }
        result = unzipped(result, name, from, maxBytes);
        switch (result) {
            case FetchResult.Missing missing -> recordState(name, FileState.MISSING, "");
            case FetchResult.Refused(String reason) -> recordState(name, FileState.UNREADABLE, reason);
            case FetchResult.Denied(String reason, boolean maybe) -> recordState(name, FileState.DENIED, reason);
            case FetchResult.Unreachable(String reason, Duration delay) -> {
                unreachable++;
                retryAfter = delay.compareTo(retryAfter) > 0 ? delay : retryAfter;
                recordState(name, FileState.UNREACHABLE, reason);
            }
            case FetchResult.Body body -> {}
        }
        return result;
    }

    /** Some stores do not know that a file is compressed, and copies of it neither. */
    private FetchResult unzipped(FetchResult result, String name, long from, long maxBytes) {
        if (from != 0 || !(result instanceof FetchResult.Body(InputStream content, long start, long total))) {
            return result;
        }
        try {
            PushbackInputStream peeked = new PushbackInputStream(content, GZIP_MAGIC.length);
            byte[] magic = peeked.readNBytes(GZIP_MAGIC.length);
            peeked.unread(magic);
            if (!Arrays.equals(magic, GZIP_MAGIC)) {
                return new FetchResult.Body(peeked, start, total);
            }
            if (maxBytes == Long.MAX_VALUE || total >= 0 && total <= maxBytes) {
                return new FetchResult.Body(new GZIPInputStream(peeked), 0, -1);
            }
            peeked.close();
            return unzipped(artifacts.open(name, 0, Long.MAX_VALUE), name, 0, Long.MAX_VALUE);
        } catch (IOException e) {
            return FileState.ofFailure(e) == FileState.UNREACHABLE
                    ? new FetchResult.Unreachable(RootCause.describe(e), Duration.ZERO)
                    : new FetchResult.Refused(RootCause.describe(e));
        }
    }

    private boolean anyRead() {
        return files.stream().anyMatch(file -> file.state() == FileState.READ || file.state() == FileState.CUT);
    }

    private void recordState(String name, FileState state, String remark) {
        files.add(new ArtifactFile(name, state, remark));
    }
}
