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
 * Keeps the webhook HMAC secret up to date with its file (prow-contract §2).
 *
 * <p>Call {@link #refresh()} about once a second. Symbolic links are followed, because Kubernetes updates a mounted
 * secret by replacing one. If the file becomes unreadable, the last keys stay in use.
 */
public final class HmacSecretAgent implements Supplier<HmacSecrets> {
    /** Reload interval for a change that is not visible in time, size or identity of the file; the same as in Prow. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(HmacSecretAgent.class);

    private final Path file;
    private final InstantSource clock;
    private volatile Content content;
    private volatile @Nullable ConfigProblem problem;

    /** The file is optional and does not exist yet, which is not a problem. */
    private volatile boolean optionalAndMissing;

    private HmacSecretAgent(Path file, InstantSource clock, Content content) {
        this.file = file;
        this.clock = clock;
        this.content = content;
        this.problem = emptyProblem(content);
    }

    /** Reads the file for the first time; an empty file is accepted, as in Prow. */
    public static HmacSecretAgent open(Path file, InstantSource clock) throws InvalidConfigException {
        try {
            return new HmacSecretAgent(file, clock, read(file, clock.instant()));
        } catch (IOException e) {
            throw new InvalidConfigException(unreadableProblem(file, e));
        }
    }

    /** Accepts a missing file, for a setup with other sources. Until the file exists, every webhook is rejected. */
    public static HmacSecretAgent openOptional(Path file, InstantSource clock) {
        try {
            return open(file, clock);
        } catch (InvalidConfigException missing) {
            Content empty = new Content(new Stamp(FileTime.fromMillis(0), 0, null), clock.instant(), HmacSecrets.NONE);
            HmacSecretAgent agent = new HmacSecretAgent(file, clock, empty);
            LOG.infof(
                    "%s: webhooks are rejected until the secret exists",
                    missing.problems().getFirst());
            agent.problem = null;
            agent.optionalAndMissing = true;
            return agent;
        }
    }

    @Override
    public HmacSecrets get() {
        return content.secrets;
    }

    /** The keys after a look at the file: a webhook may be signed with a key that was put there within this second. */
    HmacSecrets latest() {
        refresh();
        return content.secrets;
    }

    public Optional<ConfigProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Reads the file again if it changed or was not read for ten minutes. Does not throw if the file is invalid. */
    public synchronized void refresh() {
        try {
            Instant now = clock.instant();
            boolean fresh = now.isBefore(content.readAt.plus(MAX_AGE));
            if (!fresh || !stamp(file).equals(content.stamp)) {
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
                        "contains no key: every webhook is rejected with 403",
                        "write the secret of the GitHub webhook to it")
                : null;
    }

    private static ConfigProblem unreadableProblem(Path file, IOException cause) {
        return ConfigProblem.ofFile(
                file.toString(),
                "the webhook secret cannot be read (" + reason(cause) + ")",
                "mount the secret there, readable by the user that runs ci-notify, or set --hmac-secret-file");
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static Content read(Path file, Instant now) throws IOException {
        // The stamp first: a change in between is detected by the next refresh.
        Stamp stamp = stamp(file);
        return new Content(stamp, now, HmacSecrets.parse(Files.readAllBytes(file)));
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private record Content(Stamp stamp, Instant readAt, HmacSecrets secrets) {}

    private record Stamp(
            FileTime modified, long size, @Nullable Object identity) {}
}
