// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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
public final class HmacSecretAgent implements Supplier<HmacSecrets> {

    /** Prow's bound for a change that left no trace in time, size or identity of the file. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(HmacSecretAgent.class);

    private final Path file;
    private final InstantSource clock;
    private volatile Content content;
    private volatile @Nullable ConfigProblem problem;

    /** Nobody promised that the file would be there: that it is missing is no trouble. */
    private volatile boolean optionalAndMissing;

    private HmacSecretAgent(Path file, InstantSource clock, Content content) {
        this.file = file;
        this.clock = clock;
        this.content = content;
        this.problem = emptyProblem(content);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws InvalidConfigException if there is no such file or it cannot be read; an empty one is accepted, as in Prow
     */
    public static HmacSecretAgent open(Path file, InstantSource clock) throws InvalidConfigException {
        try {
            return new HmacSecretAgent(file, clock, read(file, clock.instant()));
        } catch (IOException e) {
            throw new InvalidConfigException(unreadableProblem(file, e));
        }
    }

    /**
     * Waits for a file that may come later: until it does, no webhook is genuine. For who has other doors than this one.
     */
    public static HmacSecretAgent openOptional(Path file, InstantSource clock) {
        try {
            return open(file, clock);
        } catch (InvalidConfigException notThere) {
            Content nothing = new Content(
                    new Stamp(FileTime.fromMillis(0), 0, null), clock.instant(), HmacSecrets.parse(new byte[0]));
            HmacSecretAgent waiting = new HmacSecretAgent(file, clock, nothing);
            LOG.infof(
                    "%s: no webhook is taken until it is there",
                    notThere.problems().getFirst());
            waiting.problem = null;
            waiting.optionalAndMissing = true;
            return waiting;
        }
    }

    /** The keys as last read. */
    @Override
    public HmacSecrets get() {
        return content.secrets;
    }

    /** What is wrong with the file at present, for the health check: it cannot be read, or it holds no key. */
    public Optional<ConfigProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Reads the file again if it changed or was not read for ten minutes. Never throws for what the file is like. */
    public synchronized void refresh() {
        try {
            Instant now = clock.instant();
            boolean trusted = now.isBefore(content.readAt.plus(MAX_AGE));
            if (!trusted || !stamp(file).equals(content.stamp)) {
                content = read(file, now);
                optionalAndMissing = false;
            }
            report(emptyProblem(content));
        } catch (IOException e) {
            if (!optionalAndMissing) {
                report(unreadableProblem(file, e));
            }
        }
    }

    private void report(@Nullable ConfigProblem found) {
        if (found != null && !found.equals(problem)) {
            LOG.warn(found);
        }
        problem = found;
    }

    private @Nullable ConfigProblem emptyProblem(Content read) {
        return read.secrets.isEmpty()
                ? ConfigProblem.ofFile(
                        file.toString(),
                        "holds no key, so every webhook is answered 403",
                        "put the secret of the GitHub webhook into it")
                : null;
    }

    private static ConfigProblem unreadableProblem(Path file, IOException cause) {
        return ConfigProblem.ofFile(
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
