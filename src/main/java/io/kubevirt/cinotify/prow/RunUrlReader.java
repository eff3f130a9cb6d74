// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.RunUrl.RepositoryReading;
import io.kubevirt.cinotify.prow.RunUrlParseResult.Rejected;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import io.kubevirt.cinotify.prow.UrlPrefixes.PercentEncoding;
import io.kubevirt.cinotify.prow.UrlPrefixes.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses URLs of runs: {@code target_url} of a status, {@code status.url} of a ProwJob, a link given by a user.
 *
 * <p>The URLs are untrusted: hosts and buckets must be trusted, and no segment may lead elsewhere. Prow writes {@code
 * <prefix>/<provider>/<bucket>/<directory>}; the prefix usually ends in {@code view}, the provider may be absent, and an
 * old alias of {@code gs} is {@code gcs}. Query and fragment do not matter.
 */
public final class RunUrlReader {
    private static final int MAX_LENGTH = 1_000;
    private static final String VIEW = "view";
    private static final Set<String> GS_NAMES = Set.of(Bucket.GS, "gcs");

    private final TrustedHosts trusted;
    private final ProwSettings prow;
    private final List<Prefix> prefixes;
    private final RunDirectoryReader directories;

    /** Without Prow's configuration. */
    public RunUrlReader(TrustedHosts trusted) {
        this(trusted, ProwSettings.NONE);
    }

    /** The hosts and buckets of Prow's configuration are trusted, too. */
    public RunUrlReader(TrustedHosts configured, ProwSettings prow) {
        this.trusted = configured.with(prow);
        this.prow = prow;
        this.prefixes = prow.prefixes().stream()
                .sorted(Comparator.comparingInt((Prefix prefix) -> prefix.path().size())
                        .reversed())
                .toList();
        this.directories = new RunDirectoryReader(prow.decoration());
    }

    /** The trusted hosts and buckets. */
    public TrustedHosts trusted() {
        return trusted;
    }

    /** Where the artifacts of a run are by Prow's configuration, or else in the first trusted bucket. */
    public Optional<RunDirectory> directory(JobRun run) {
        GcsConfiguration settings = new GcsConfiguration(
                trusted.buckets().stream().sorted().findFirst().orElse(null), null, null, null, null, null);
        return prow.storage(run).orElse(settings).directory(run);
    }

    /** The page of a run that has a {@code decoration_config}, if the URL in its ProwJob is none. */
    Optional<String> page(JobRun run, JsonNode decorationConfig) {
        GcsConfiguration gcs = ProwSettingsReader.decorationOf(decorationConfig);
        return gcs.directory(run)
                .flatMap(directory -> prow.pages().page(gcs, run.repository(), directory))
                .filter(page -> read(page).found().isPresent());
    }

    /** Whether the URL may be that of a run for this repository. */
    boolean isOf(RunUrl url, Repository repository) {
        return directories.isOf(url, repository);
    }

    /** Never throws, whatever the text is. */
    public RunUrlParseResult read(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return new Rejected(RunUrlRejection.EMPTY, "use the URL of the page of a run");
        }
        try {
            return new RunUrlParseResult.Found(page(url));
        } catch (RejectedException e) {
            return e.result;
        }
    }

    private RunUrl page(String text) throws RejectedException {
        require(text.length() <= MAX_LENGTH, RunUrlRejection.TOO_LONG, "correct the URL");
        require(text.chars().allMatch(c -> c > ' ' && c < 0x7f), RunUrlRejection.CHARACTERS, "correct the URL");
        require(text.indexOf('\\') < 0, RunUrlRejection.ESCAPES, "correct the URL");
        String whole = withScheme(text);
        String url = Prefix.withoutSuffix(whole);
        require(
                url.startsWith("https://") || url.startsWith("http://"),
                RunUrlRejection.SCHEME,
                "begin it with https://");
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        int end = slash < 0 ? url.length() : slash;
        String origin = url.substring(0, end).toLowerCase(Locale.ROOT);
        requireTrusted(origin);
        require(whole.chars().skip(end).allMatch(RunUrlReader::isPlain), RunUrlRejection.CHARACTERS, "correct the URL");
        return run(origin, segments(url.substring(end)));
    }

    /** Whether Go writes the character without an escape; no other one is safe in messages. */
    private static boolean isPlain(int c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || "$&+,-./:;=@_~%?#*".indexOf(c) >= 0;
    }

    /** Prow writes URLs without a scheme if the prefix has none. */
    private String withScheme(String url) {
        boolean known = prefixes.stream()
                .filter(prefix -> prefix.origin().isEmpty())
                .anyMatch(prefix -> url.startsWith(GcsConfiguration.withoutScheme(prefix.host()) + "/"));
        return known ? "https://" + url : url;
    }

    private void requireTrusted(String origin) throws RejectedException {
        String host = GcsConfiguration.withoutScheme(origin);
        require(host.indexOf('@') < 0, RunUrlRejection.USER_INFO, "remove the user from the URL");
        if (trusted.origins().contains(origin)) {
            return;
        }
        String scheme = origin.startsWith("https") ? "http://" : "https://";
        require(
                !trusted.origins().contains(scheme + host),
                RunUrlRejection.SCHEME,
                "begin it with " + scheme + ", or add " + origin + " to prow.hosts");
        boolean hostIsKnown = trusted.origins().stream()
                .map(GcsConfiguration::withoutScheme)
                .map(RunUrlReader::withoutPort)
                .anyMatch(withoutPort(host)::equals);
        String name = origin.startsWith("https") ? host : origin;
        throw new RejectedException(
                hostIsKnown ? RunUrlRejection.PORT : RunUrlRejection.HOST,
                "use the page of the run in deck, or add " + (name.isEmpty() ? "its host" : name) + " to prow.hosts");
    }

    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static List<String> segments(String path) throws RejectedException {
        List<String> segments = new ArrayList<>();
        for (String raw : Bucket.segments(path)) {
            require(!raw.equals(".") && !raw.equals(".."), RunUrlRejection.DOT_SEGMENT, "correct the URL");
            String decoded = raw;
            try {
                decoded = PercentEncoding.decode(raw);
            } catch (IllegalArgumentException e) {
                throw new RejectedException(RunUrlRejection.ESCAPES, "correct the URL");
            }
            require(decoded.equals(raw) || PathName.isSegment(decoded), RunUrlRejection.ESCAPES, "correct the URL");
            require(PathName.isSegment(decoded), RunUrlRejection.LAYOUT, "correct the URL");
            segments.add(decoded);
        }
        return segments;
    }

    /** Tries what follows the longest known prefix, and what follows {@code view}. */
    private RunUrl run(String origin, List<String> segments) throws RejectedException {
        int known = prefixes.stream()
                .filter(prefix -> prefix.host().equalsIgnoreCase(origin))
                .map(Prefix::path)
                .filter(path -> path.size() <= segments.size() && path.equals(segments.subList(0, path.size())))
                .map(List::size)
                .findFirst()
                .orElse(-1);
        int view = segments.indexOf(VIEW) + 1;
        RejectedException first = null;
        for (int start : known < 0 || known == view ? List.of(view) : List.of(known, view)) {
            try {
                return below(segments.subList(start, segments.size()), start > 0 || known == 0);
            } catch (RejectedException e) {
                first = first == null ? e : first;
            }
        }
        throw Objects.requireNonNull(first);
    }

    private RunUrl below(List<String> rest, boolean isPage) throws RejectedException {
        require(isPage && rest.size() > 2, RunUrlRejection.LAYOUT, layoutFix());
        if (rest.getFirst().equals("prowjob")) {
            return prowJob(rest);
        }
        int provider = providers(rest);
        Bucket written = bucket(provider == 0 ? null : rest.get(provider - 1), rest.get(provider));
        List<String> directory = rest.subList(provider + 1, rest.size());
        Bucket bucket = trustedBucket(written, directory);
        require(
                PathName.isBuild(directory.getLast()),
                RunUrlRejection.BUILD,
                "use a URL that ends in the build id of the run");
        return directories
                .read(bucket, directory)
                .orElseThrow(() -> new RejectedException(RunUrlRejection.LAYOUT, layoutFix()));
    }

    private String layoutFix() {
        return prefixes.isEmpty()
                ? "use the page of a run, or give Prow's config.yaml with --config-file if the page has another prefix"
                : "use the page of a run, or add its prefix to job_url_prefix_config in Prow's config.yaml";
    }

    /** How many segments name the provider: a prefix with the provider in it may double it, or there is none. */
    private int providers(List<String> rest) {
        boolean one = isProvider(rest.getFirst());
        boolean doubled = one
                && rest.get(1).equals(rest.getFirst())
                && trusted.buckets().stream().noneMatch(bucket -> bucket.name().equals(rest.get(1)));
        return doubled ? 2 : one ? 1 : 0;
    }

    private boolean isProvider(String segment) {
        return GS_NAMES.contains(segment)
                || segment.equals(Bucket.S3)
                || trusted.buckets().stream()
                        .anyMatch(bucket -> bucket.provider().equals(segment));
    }

    private Bucket bucket(@Nullable String provider, String name) throws RejectedException {
        try {
            return provider == null
                    ? trusted.buckets().stream()
                            .filter(bucket -> bucket.name().equals(name))
                            .sorted()
                            .findFirst()
                            .map(Bucket::whole)
                            .orElse(new Bucket(Bucket.GS, name, ""))
                    : new Bucket(GS_NAMES.contains(provider) ? Bucket.GS : provider, name, "");
        } catch (IllegalArgumentException e) {
            throw new RejectedException(RunUrlRejection.LAYOUT, layoutFix());
        }
    }

    /** The bucket itself, or the one that deck reads instead. */
    private Bucket trustedBucket(Bucket written, List<String> directory) throws RejectedException {
        String alias = prow.deck().bucketAliases().get(written.name());
        require(!directory.isEmpty(), RunUrlRejection.LAYOUT, layoutFix());
        return Stream.concat(
                        Stream.ofNullable(alias).map(name -> new Bucket(written.provider(), name, "")),
                        Stream.of(written))
                .filter(bucket -> trusted.covers(new RunDirectory(bucket, String.join("/", directory))))
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        RunUrlRejection.BUCKET,
                        "add " + (written.provider().equals(Bucket.GS) ? written.name() : written)
                                + " to prow.buckets"));
    }

    private RunUrl prowJob(List<String> rest) throws RejectedException {
        require(rest.size() == 3 && PathName.isValid(rest.get(1)), RunUrlRejection.LAYOUT, layoutFix());
        require(PathName.isBuild(rest.get(2)), RunUrlRejection.BUILD, "use a URL that ends in the build id of the run");
        return new RunUrl(null, null, null, RepositoryReading.ABSENT, null, rest.get(1), rest.get(2));
    }

    private static void require(boolean condition, RunUrlRejection otherwise, String fix) throws RejectedException {
        if (!condition) {
            throw new RejectedException(otherwise, fix);
        }
    }

    private static final class RejectedException extends Exception {
        private final transient Rejected result;

        RejectedException(RunUrlRejection reason, String fix) {
            super(reason.value(), null, false, false);
            this.result = new Rejected(reason, fix);
        }
    }
}
