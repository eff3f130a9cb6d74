// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The links of a message.
 *
 * @param pull the URL of a pull request. GitHub adds a reference to each pull request that an issue links, unless the link uses
 *     another host
 * @param more in order; a link with an unknown value is left out
 * @param guidance runbooks and next steps
 * @param board the address of the board, without a final slash; null for no link to it
 */
public record Links(
        LinkTemplate pull,
        List<LinkTemplate> more,
        List<Guidance> guidance,
        @Nullable String board) {
    /** A host of GitHub whose links add no reference to the pull request. */
    private static final LinkTemplate WITHOUT_BACKLINK =
            new LinkTemplate("#{pull}", "https://redirect.github.com/{repository}/pull/{pull}");

    private static final String STORAGE_PAGE = "/view/";
    private static final Pattern CODE_LOCATION = Pattern.compile("\\S+\\.[A-Za-z]+:[0-9]+(:[0-9]+)?");

    /** Copies the list. */
    public Links {
        more = List.copyOf(more);
        guidance = List.copyOf(guidance);
    }

    /** The same links with runbooks and next steps. */
    public Links with(List<Guidance> configured) {
        return new Links(pull, more, configured, board);
    }

    /** The same links with the page of the incident on the board; null for no such link. */
    public Links with(@Nullable URI boardUrl) {
        return boardUrl == null
                ? this
                : new Links(pull, more, guidance, boardUrl.toString().replaceFirst("/+$", ""));
    }

    /** The address of the incident's page that never changes; empty without a board. */
    public Optional<String> page(String incident) {
        return Optional.ofNullable(board).map(url -> url + "/i/" + incident);
    }

    /** The page of a test; empty without a board. */
    public Optional<String> test(long id) {
        return Optional.ofNullable(board).map(url -> url + "/tests?days=30&test=" + id);
    }

    /** Only pull requests on github.com. */
    public static Links none() {
        return new Links(WITHOUT_BACKLINK, List.of(), List.of(), null);
    }

    /** Pull requests on github.com, and configured links. */
    public static Links of(List<LinkTemplate> more) {
        return of(GitHubServer.PUBLIC, more);
    }

    /** Pull requests on a GitHub server, and configured links. */
    public static Links of(GitHubServer github, List<LinkTemplate> more) {
        return new Links(
                github.equals(GitHubServer.PUBLIC)
                        ? WITHOUT_BACKLINK
                        : new LinkTemplate("#{pull}", github.url() + "/{repository}/pull/{pull}"),
                more,
                List.of(),
                null);
    }

    /** What to do next; empty for an incident that is over, and for a request of a person. */
    public Optional<String> nextStep(IncidentView incident) {
        return incident.state().isOver() || incident.kind() == IncidentKind.REQUEST
                ? Optional.empty()
                : Guidance.find(guidance, incident.diagnosis(), Guidance::nextStep);
    }

    /** The run, the line of its log, then configured links, the runbook and the page on the board. */
    List<Fragment.Link> of(IncidentView incident) {
        List<Fragment.Link> links = new ArrayList<>(ofRun(incident));
        Guidance.find(guidance, incident.diagnosis(), Guidance::runbook)
                .ifPresent(url -> links.add(new Fragment.Link("runbook", url)));
        page(incident.id()).ifPresent(url -> links.add(new Fragment.Link("board", url)));
        return links;
    }

    /** The run, then configured links. */
    private List<Fragment.Link> ofRun(IncidentView incident) {
        FailedRun run = incident.latest();
        if (run == null) {
            return List.of();
        }
        List<Fragment.Link> links = new ArrayList<>();
        if (run.url() != null) {
            links.add(new Fragment.Link("run", run.url()));
        }
        var symptoms = incident.diagnosis().symptoms();
        if (symptoms != null && symptoms.excerptUrl() != null) {
            links.add(new Fragment.Link("log line", symptoms.excerptUrl()));
        }
        Map<String, String> values = values(incident, run);
        more.stream().flatMap(pattern -> pattern.expand(values).stream()).forEach(links::add);
        return links;
    }

    /** A pull request; only its number if the repository is unknown. */
    Fragment pull(@Nullable FailedRun run, int number) {
        String words = "#" + number;
        return Optional.ofNullable(run)
                .map(FailedRun::repository)
                .flatMap(Links::plain)
                .flatMap(repository ->
                        pull.expand(Map.of("repository", repository.fullName(), "pull", Integer.toString(number))))
                .<Fragment>map(link -> new Fragment.Link(words, link.url()))
                .orElse(new Fragment.Code(words));
    }

    private static Map<String, String> values(IncidentView incident, FailedRun run) {
        Map<String, String> values = new HashMap<>();
        values.put("job", encoded(run.job()));
        values.put("directory", directory(run.type()) + encoded(run.job()));
        put(values, "build", run.buildId());
        put(values, "pull", run.pull() == null ? null : run.pull().toString());
        put(values, "run", runPath(run.url()));
        Optional.ofNullable(run.repository()).flatMap(Links::plain).ifPresent(repository -> {
            values.put("repository", repository.fullName());
            values.put("org", repository.org());
            values.put("repo", repository.name());
        });
        causeLines(incident.diagnosis().symptoms()).stream()
                .findFirst()
                .ifPresent(line -> values.put("line", encoded(line)));
        return values;
    }

    /** The lines of the cause: a code location, as {@code tests/x.go:880}, only if there is nothing else. */
    static List<String> causeLines(@Nullable Symptoms symptoms) {
        Stream<String> excerpt = symptoms == null ? Stream.of() : symptoms.excerpt().stream();
        List<String> lines = excerpt.map(String::strip)
                .filter(line -> !line.isEmpty() && !isShellTrace(line))
                .toList();
        List<String> causes =
                lines.stream().filter(line -> !CODE_LOCATION.matches(line)).toList();
        return causes.isEmpty() ? lines : causes;
    }

    /** Whether a shell printed it before it ran a command, as {@code + make test}: every run has such lines. */
    private static boolean isShellTrace(String text) {
        int command = 0;
        while (command < text.length() && text.charAt(command) == '+') {
            command++;
        }
        return command > 0 && command < text.length() && text.charAt(command) == ' ';
    }

    /** Only characters that GitHub allows, so that the URL cannot lead elsewhere. */
    private static Optional<Repository> plain(String fullName) {
        boolean plain = fullName.chars()
                .allMatch(character ->
                        character < 0x80 && Character.isLetterOrDigit(character) || "-_./".indexOf(character) >= 0);
        return plain ? Repository.parse(fullName) : Optional.empty();
    }

    /** Directory of presubmits and other jobs in the bucket (prow-contract §8). */
    private static String directory(JobType type) {
        return type == JobType.PRESUBMIT || type == JobType.BATCH ? "pr-logs/directory/" : "logs/";
    }

    /** Bucket and directory of a run: the path after the storage provider in {@code …/view/gs/bucket/logs/job/1}. */
    private static @Nullable String runPath(@Nullable String url) {
        if (url == null || !url.contains(STORAGE_PAGE)) {
            return null;
        }
        String rest = url.substring(url.indexOf(STORAGE_PAGE) + STORAGE_PAGE.length());
        int provider = rest.indexOf('/');
        return provider < 0 ? null : rest.substring(provider + 1);
    }

    private static void put(Map<String, String> values, String destination, @Nullable String value) {
        if (value != null) {
            values.put(destination, value);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
