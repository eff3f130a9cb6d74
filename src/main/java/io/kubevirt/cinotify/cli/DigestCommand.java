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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.app.digest.DigestPages;
import io.kubevirt.cinotify.app.digest.GitHubBacklog;
import io.kubevirt.cinotify.app.digest.StoredFacts;
import io.kubevirt.cinotify.digest.Page;
import io.kubevirt.cinotify.digest.Period;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.notice.github.GitHubAccess;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.settings.DigestPlan;
import io.kubevirt.cinotify.settings.DigestPlan.Subject;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.JournalFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is said before a meeting, to be looked at, or pasted into its notes. */
@Command(
        name = "digest",
        description = "Puts together what a meeting would otherwise collect by hand.",
        mixinStandardHelpOptions = true)
final class DigestCommand implements Callable<Integer> {

    /** In which markup the page is written. */
    enum Form {
        MARKDOWN,
        SLACK
    }

    @Mixin
    ConfigOptions config;

    @Mixin
    Output output;

    @Mixin
    AtOption at;

    @Mixin
    GitHubOptions github;

    @Option(
            names = "--for",
            paramLabel = "taskforce|grooming|SIG",
            required = true,
            description = "The state of CI, the open issues, or the state of CI for one SIG, by its short name.")
    String subject;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "How many days it looks back on (${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--history",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description = "As if the plugin had run over a history: files with a run a line, or folders of them.")
    @Nullable List<Path> history;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store, where --history is not given (${DEFAULT-VALUE}).")
    Path dataDir;

    @Option(
            names = "--issues",
            paramLabel = "FILE",
            description = "Open issues as GitHub's API gives them, one a line; asked from GitHub if not given.")
    @Nullable Path issues;

    @Option(
            names = "--form",
            paramLabel = "markdown|slack",
            defaultValue = "MARKDOWN",
            description = "markdown or slack (markdown).")
    Form form;

    @Spec
    CommandSpec spec;

    /** The contract of {@code digest --output json}. */
    record Row(
            @JsonProperty("for") String subject,
            Instant from,
            Instant until,
            String title,
            String markdown,
            String slack) {}

    @Override
    public Integer call() throws InvalidDocument, IOException {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--days must be at least 1");
        }
        Settings settings = config.load();
        Period period = Period.before(at.instant(), Duration.ofDays(days));
        DigestPages pages = new DigestPages(facts(settings), issues());
        try {
            print(period, pages.page(named(settings), period, settings.digests().zone()));
            return 0;
        } catch (GitHubFailure e) {
            throw new InvalidDocument(Problem.ofFile(
                    "GitHub", String.valueOf(e.getMessage()), "try again, or give the issues with --issues"));
        }
    }

    private Subject named(Settings settings) throws InvalidDocument {
        return switch (subject) {
            case "taskforce" -> new Subject.Taskforce();
            case "grooming" ->
                settings.digests().planned().stream()
                        .map(DigestPlan.Planned::subject)
                        .filter(Subject.Grooming.class::isInstance)
                        .findFirst()
                        .orElseThrow(() -> new InvalidDocument(Problem.ofFile(
                                SettingsLoader.FILE,
                                "digests.grooming is missing, which says of which repositories",
                                "add it, as docs/settings.md shows")));
            default -> ofSig(settings);
        };
    }

    private Subject ofSig(Settings settings) {
        List<String> known = settings.sigs().sigs().stream().map(Sig::shortName).toList();
        if (!known.contains(subject)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + subject + "\" is neither taskforce nor grooming nor a SIG; "
                            + Nearest.to(subject, known)
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known are " + String.join(", ", known)));
        }
        return new Subject.OfSig(subject);
    }

    private DigestPages.FactSource facts(Settings settings) throws InvalidDocument, IOException {
        if (history == null) {
            return period -> store().read(transaction -> StoredFacts.of(transaction, settings, period));
        }
        HistoryReader reader = new HistoryReader(settings);
        List<PastRun> runs = reader.readAll(HistoryFiles.of(history));
        if (!reader.problems().isEmpty()) {
            throw new InvalidDocument(reader.problems());
        }
        return new ReplayFacts(settings, runs);
    }

    private JournalFile store() {
        return JournalFile.open(dataDir)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no store in " + dataDir
                                + ": name the folder that serve was given with --data-dir, or add --history"));
    }

    private DigestPages.IssueSource issues() throws InvalidDocument, IOException {
        return issues != null
                ? IssueFile.read(issues)
                : repositories -> {
                    try (GitHubApi api = github()) {
                        return new GitHubBacklog(api).of(repositories);
                    }
                };
    }

    private GitHubApi github() {
        GitHubAccess.Identity identity =
                GitHubAccess.identity(github.appId, github.appPrivateKeyPath, github.tokenPath);
        if (identity == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the open issues are not known: add --github-token-path, or --issues with a file of them");
        }
        return new GitHubApi(new GitHubAccess(
                github.endpoints == null ? List.of() : github.endpoints,
                identity,
                true,
                GitHubAccess.PATIENCE,
                SystemClock.INSTANCE));
    }

    private void print(Period period, Page page) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Output.json(
                    new Row(subject, period.from(), period.until(), page.title(), page.markdown(), page.slack())));
        } else {
            out.print(form == Form.SLACK ? page.slack() : page.markdown());
            out.flush();
        }
    }
}
