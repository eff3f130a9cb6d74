// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.GcsConfiguration.PathStrategy;
import io.kubevirt.cinotify.prow.RunUrl.RepositoryReading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories of runs in every path strategy, below any path prefix. Prow's {@code job_url_template} writes
 * directories with the repository in them for undecorated postsubmits and batches; those are accepted, and the directory
 * is where the artifacts are.
 */
final class RunDirectoryReader {
    private static final String BATCH = "batch";

    private final DecorationDefaults defaults;

    RunDirectoryReader(DecorationDefaults defaults) {
        this.defaults = defaults;
    }

    /** Empty if it is not the directory of a run. */
    Optional<RunUrl> read(Bucket bucket, List<String> segments) {
        return IntStream.range(0, segments.size())
                .mapToObj(start -> new Layout(bucket, segments, start).read())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether the URL may be that of a run for this repository: the strategies do not write all names readably. */
    boolean isOf(RunUrl url, Repository repository) {
        Optional<String> owner = url.owner();
        if (owner.isEmpty()) {
            return url.repository() == null || url.repository().equals(repository);
        }
        Set<GcsConfiguration> configured =
                implicit(Objects.requireNonNull(url.directory()).bucket());
        return owner.get().equals(GcsConfiguration.joined(repository))
                || (configured.isEmpty()
                        ? Set.of("", repository.name()).contains(owner.get())
                        : configured.stream()
                                .anyMatch(gcs -> gcs.owner(repository).equals(owner.get())));
    }

    /** The configurations that may write to a bucket and do not write every repository with its organization. */
    private Set<GcsConfiguration> implicit(Bucket bucket) {
        Set<GcsConfiguration> all = Stream.concat(
                        Stream.of(defaults.resolve(null, null)),
                        defaults.entries().stream().map(entry -> defaults.resolve(entry.repository(), entry.cluster())))
                .filter(gcs -> gcs.defaultRepository() != null)
                .filter(gcs -> gcs.pathStrategy() == PathStrategy.LEGACY || gcs.pathStrategy() == PathStrategy.SINGLE)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<GcsConfiguration> inBucket = all.stream()
                .filter(gcs -> gcs.bucket() != null && gcs.bucket().whole().equals(bucket.whole()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return inBucket.isEmpty() ? all : inBucket;
    }

    /** The segments from a possible start of the directory. */
    private final class Layout {
        private final Bucket bucket;
        private final List<String> all;
        private final int start;
        private final List<String> parts;

        Layout(Bucket bucket, List<String> all, int start) {
            this.bucket = bucket;
            this.all = all;
            this.start = start;
            this.parts = all.subList(start, all.size());
        }

        Optional<RunUrl> read() {
            boolean named = parts.size() > 2
                    && PathName.isBuild(parts.getLast())
                    && PathName.isValid(parts.get(parts.size() - 2));
            if (!named) {
                return Optional.empty();
            }
            String anchor = parts.getFirst();
            if (anchor.equals("logs")) {
                return logs();
            }
            boolean pulls = anchor.equals("pr-logs") && parts.get(1).equals("pull");
            boolean alias = anchor.equals("pr-logs") && parts.get(1).equals("directory") && parts.size() == 4;
            return pulls
                    ? pullLogs()
                    : alias
                            ? Optional.of(url(null, JobType.PRESUBMIT, null, RepositoryReading.ABSENT, null))
                            : Optional.empty();
        }

        private Optional<RunUrl> logs() {
            if (parts.size() == 3) {
                return Optional.of(url(directory(all), null, null, RepositoryReading.ABSENT, null));
            }
            return parts.size() != 4
                    ? Optional.empty()
                    : split(parts.get(1))
                            .map(repository -> url(
                                    directoryWithout(1),
                                    JobType.POSTSUBMIT,
                                    repository,
                                    RepositoryReading.EXACT,
                                    null));
        }

        private Optional<RunUrl> pullLogs() {
            String third = parts.get(2);
            if (parts.size() == 5 && third.equals(BATCH)) {
                return Optional.of(url(directory(all), JobType.BATCH, null, RepositoryReading.ABSENT, null));
            }
            if (parts.size() == 5 && PathName.isPull(third)) {
                Repository repository = onlyDefault(false);
                return Optional.of(presubmit(
                        repository, repository == null ? RepositoryReading.ABSENT : RepositoryReading.DEFAULT, third));
            }
            if (parts.size() != 6) {
                return Optional.empty();
            }
            String fourth = parts.get(3);
            if (fourth.equals(BATCH)) {
                return split(third)
                        .map(repository ->
                                url(directoryWithout(2), JobType.BATCH, repository, RepositoryReading.EXACT, null));
            }
            return PathName.isPull(fourth) ? named(third, fourth) : Optional.empty();
        }

        private Optional<RunUrl> named(String owner, String pull) {
            if (owner.indexOf('_') < 0) {
                Repository inDefaultOrg = onlyDefault(true);
                return Optional.of(
                        inDefaultOrg == null
                                ? presubmit(null, RepositoryReading.AMBIGUOUS, pull)
                                : presubmit(
                                        new Repository(inDefaultOrg.org(), owner), RepositoryReading.DEFAULT, pull));
            }
            return split(owner).map(repository -> presubmit(repository, reading(repository), pull));
        }

        private RepositoryReading reading(Repository repository) {
            boolean gerrit = repository.org().indexOf('.') >= 0;
            return gerrit || onlyDefault(true) != null ? RepositoryReading.AMBIGUOUS : RepositoryReading.EXACT;
        }

        /** The default repository; null if there is none, or several. */
        private @Nullable Repository onlyDefault(boolean legacyOnly) {
            Set<Repository> found = implicit(bucket).stream()
                    .filter(gcs -> !legacyOnly || gcs.pathStrategy() == PathStrategy.LEGACY)
                    .flatMap(gcs -> Stream.ofNullable(gcs.defaultRepository()))
                    .filter(repository -> RunUrl.isOrganization(repository.org()))
                    .collect(Collectors.toSet());
            return found.size() == 1 ? found.iterator().next() : null;
        }

        private RunUrl presubmit(@Nullable Repository repository, RepositoryReading reading, String pull) {
            return url(directory(all), JobType.PRESUBMIT, repository, reading, Integer.valueOf(pull));
        }

        private RunUrl url(
                @Nullable RunDirectory directory,
                @Nullable JobType type,
                @Nullable Repository repository,
                RepositoryReading reading,
                @Nullable Integer pull) {
            return new RunUrl(directory, type, repository, reading, pull, parts.get(parts.size() - 2), parts.getLast());
        }

        private RunDirectory directory(List<String> segments) {
            return new RunDirectory(bucket, String.join("/", segments));
        }

        private RunDirectory directoryWithout(int part) {
            List<String> segments = new ArrayList<>(all);
            segments.remove(start + part);
            return directory(segments);
        }

        private static Optional<Repository> split(String joined) {
            int underscore = joined.indexOf('_');
            return underscore > 0
                            && PathName.isSegment(joined.substring(underscore + 1))
                            && RunUrl.isOrganization(joined.substring(0, underscore))
                    ? Optional.of(new Repository(joined.substring(0, underscore), joined.substring(underscore + 1)))
                    : Optional.empty();
        }
    }
}
