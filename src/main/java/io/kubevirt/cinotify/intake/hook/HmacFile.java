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
package io.kubevirt.cinotify.intake.hook;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The file with the webhook secret, read again when it changes (prow-contract §2).
 *
 * <p>Something must call {@link #refresh()} about once a second. The file is looked at through any symbolic links, as
 * Kubernetes updates a mounted secret by swapping one. A file that cannot be read later on leaves the last good keys
 * in force.
 */
public final class HmacFile implements Supplier<HmacSecrets> {

    /** Prow's bound for a change that left no trace in time, size or identity of the file. */
    private static final Duration LONGEST_TRUST = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(HmacFile.class);

    private final Path file;
    private final InstantSource clock;
    private volatile Content content;
    private volatile @Nullable Problem trouble;

    /** Nobody promised that the file would be there: that it is missing is no trouble. */
    private volatile boolean awaited;

    private HmacFile(Path file, InstantSource clock, Content content) {
        this.file = file;
        this.clock = clock;
        this.content = content;
        this.trouble = emptiness(content);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws InvalidDocument if there is no such file or it cannot be read; an empty one is accepted, as in Prow
     */
    public static HmacFile open(Path file, InstantSource clock) throws InvalidDocument {
        try {
            return new HmacFile(file, clock, read(file, clock.instant()));
        } catch (IOException e) {
            throw new InvalidDocument(unreadable(file, e));
        }
    }

    /**
     * Waits for a file that may come later: until it does, no webhook is genuine. For who has other doors than this one.
     */
    public static HmacFile await(Path file, InstantSource clock) {
        try {
            return open(file, clock);
        } catch (InvalidDocument notThere) {
            Content nothing = new Content(
                    new Stamp(FileTime.fromMillis(0), 0, null), clock.instant(), HmacSecrets.parse(new byte[0]));
            HmacFile waiting = new HmacFile(file, clock, nothing);
            LOG.infof(
                    "%s: no webhook is taken until it is there",
                    notThere.problems().getFirst());
            waiting.trouble = null;
            waiting.awaited = true;
            return waiting;
        }
    }

    /** The keys as last read. */
    @Override
    public HmacSecrets get() {
        return content.secrets;
    }

    /** What is wrong with the file at present, for the health check: it cannot be read, or it holds no key. */
    public Optional<Problem> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Reads the file again if it changed or was not read for ten minutes. Never throws for what the file is like. */
    public synchronized void refresh() {
        try {
            Instant now = clock.instant();
            boolean trusted = now.isBefore(content.readAt.plus(LONGEST_TRUST));
            if (!trusted || !stamp(file).equals(content.stamp)) {
                content = read(file, now);
                awaited = false;
            }
            report(emptiness(content));
        } catch (IOException e) {
            if (!awaited) {
                report(unreadable(file, e));
            }
        }
    }

    private void report(@Nullable Problem found) {
        if (found != null && !found.equals(trouble)) {
            LOG.warn(found);
        }
        trouble = found;
    }

    private @Nullable Problem emptiness(Content read) {
        return read.secrets.isEmpty()
                ? Problem.ofFile(
                        file.toString(),
                        "holds no key, so every webhook is answered 403",
                        "put the secret of the GitHub webhook into it")
                : null;
    }

    private static Problem unreadable(Path file, IOException cause) {
        return Problem.ofFile(
                file.toString(),
                "the webhook secret cannot be read (" + reason(cause) + ")",
                "mount the secret there, readable for the user that runs ci-notify, or name another file with"
                        + " --hmac-secret-file");
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static Content read(Path file, Instant now) throws IOException {
        // The stamp first: a change between the two is then seen as a change the next time.
        Stamp stamp = stamp(file);
        return new Content(stamp, now, HmacSecrets.parse(Files.readAllBytes(file)));
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes target = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(target.lastModifiedTime(), target.size(), target.fileKey());
    }

    private record Content(Stamp stamp, Instant readAt, HmacSecrets secrets) {}

    private record Stamp(
            FileTime modified, long size, @Nullable Object identity) {}
}
