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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.incident.policy.Thresholds;
import io.kubevirt.cinotify.incident.timeliness.TimelinessRules;
import io.kubevirt.cinotify.notice.github.GitHubRules;
import io.kubevirt.cinotify.notice.jira.JiraText;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.TemplateBook;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.prow.AllowedAddresses;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.RuntimeNames;
import io.kubevirt.cinotify.roster.AreaColumns;
import io.kubevirt.cinotify.roster.GroupDocument;
import io.kubevirt.cinotify.roster.Overlay;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the settings file, the documents that it names, the templates and the job configuration: all of it or nothing. */
public final class SettingsLoader {

    /** The name of the settings file in its folder. */
    public static final String FILE = "ci-notify.yaml";

    /** The folder beside it with the operator's own words; need not be there. */
    private static final String TEMPLATES = "templates";

    private static final List<TemplateSet> CHANNELS =
            List.of(TemplateSet.GITHUB, TemplateSet.SLACK, TemplateSet.PLAIN, JiraText.TEMPLATES);

    /** Who writes all the time is read as it is. */
    private static final int ATTEMPTS = 3;

    private final Path path;
    private final ConfigFolder folder;
    private final @Nullable Path jobConfig;
    private @Nullable Fingerprint lastRead;

    /**
     * @param folder the folder of the settings file
     * @param jobConfig the folder of Prow's job configuration; null for none
     */
    public SettingsLoader(Path folder, @Nullable Path jobConfig) {
        this.path = folder;
        this.folder = new ConfigFolder(folder);
        this.jobConfig = jobConfig;
    }

    /** Whether a file has changed since the settings were last read, well or not. */
    public synchronized boolean hasChanged() {
        return !Fingerprint.of(path, jobConfig).equals(lastRead);
    }

    /**
     * Reads all files; again, if they changed meanwhile, so that two versions are never mixed.
     *
     * @throws InvalidDocument with everything that keeps the settings from being used
     */
    public synchronized Settings load() throws InvalidDocument {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Fingerprint before = Fingerprint.of(path, jobConfig);
            lastRead = before;
            Settings read = read();
            if (Fingerprint.of(path, jobConfig).equals(before)) {
                return read;
            }
        }
        lastRead = Fingerprint.of(path, jobConfig);
        return read();
    }

    private Settings read() throws InvalidDocument {
        Attempts attempts = new Attempts();
        Optional<TemplateBook> templates = attempts.read(() -> TemplateBook.read(path.resolve(TEMPLATES), CHANNELS));
        YamlDocument yaml = attempts.require(() -> folder.yaml(FILE));
        SettingsFile file = attempts.require(() -> SettingsBinder.bind(yaml));
        Optional<GroupDocument> document = attempts.read(() -> document(file));
        Optional<SigDirectory> sigs =
                attempts.read(() -> SigDirectory.read(folder.yaml(file.roster().sigs())));
        Optional<OwnersAliases> aliases = attempts.read(() -> aliases(file.roster()));
        Optional<Overlay> overlay = attempts.read(() -> new OverlayReader(yaml, file.roster()).read());
        Optional<AllowedAddresses> addresses = attempts.read(() -> new ProwReader(yaml, file.prow()).addresses());
        Optional<RuntimeNames> names = attempts.read(() -> new ProwReader(yaml, file.prow()).names());
        Optional<JobConfig> jobs = attempts.read(this::jobs);
        attempts.add(checked(file, new NameCheck(yaml, file, sigs.orElse(null))));
        Optional<TimelinessRules> timeliness =
                attempts.read(() -> new TimelinessReader(yaml, file).read()).flatMap(rules -> rules);
        Optional<Thresholds> thresholds = attempts.read(() -> new ThresholdsReader(yaml).read(file.incidents()));
        Supplier<Words> words = words(yaml, file, sigs.orElse(null), attempts);
        attempts.finish();
        Words said = words.get();
        return new Settings(
                file,
                addresses.orElseThrow(),
                jobs.orElseThrow(),
                diagnoser(file, names.orElseThrow(), jobs.orElseThrow(), sigs.orElseThrow()),
                document.orElseThrow(),
                overlay.orElseThrow(),
                Roster.of(document.orElseThrow(), overlay.orElseThrow()),
                sigs.orElseThrow(),
                aliases.orElseThrow(),
                timeliness.orElse(null),
                thresholds.orElseThrow(),
                said.sending(),
                said.github(),
                said.links(),
                said.targets(),
                said.digests(),
                templates.orElseThrow());
    }

    /** What is said, where and how much. */
    private record Words(SendingRules sending, GitHubRules github, Links links, Targets targets, DigestPlan digests) {}

    private Supplier<Words> words(
            YamlDocument yaml, SettingsFile file, @Nullable SigDirectory sigs, Attempts attempts) {
        Optional<Targets> targets = attempts.read(() -> new TargetsReader(yaml, file, path, sigs).read());
        Optional<SendingRules> sending = attempts.read(() -> new SendingReader(yaml).read(file.sending()));
        Optional<GitHubRules> github = attempts.read(
                () -> new GitHubReader(yaml).rules(file.github(), file.areas().keySet()));
        Optional<Links> links = attempts.read(() -> new GitHubReader(yaml).links(file.links()));
        Optional<DigestPlan> digests =
                attempts.read(() -> new DigestReader(new NameCheck(yaml, file, sigs)).read(file.digests()));
        return () -> new Words(
                sending.orElseThrow(),
                github.orElseThrow(),
                links.orElseThrow(),
                targets.orElseThrow(),
                digests.orElseThrow());
    }

    /** All checks report to the same names, which tell them together. */
    private static List<Problem> checked(SettingsFile file, NameCheck names) {
        new RoutingCheck(file, names).problems();
        new BumpCheck(file, names).problems();
        new EvidenceCheck(file, names).problems();
        return new KnownIssuesCheck(file, names).problems();
    }

    private static Diagnoser diagnoser(SettingsFile file, RuntimeNames names, JobConfig jobs, SigDirectory sigs) {
        return new Diagnoser(
                names, jobs, RoutingReader.read(file, sigs), file.diagnosis().areas(), EvidenceCheck.read(file));
    }

    private GroupDocument document(SettingsFile file) throws InvalidDocument {
        Map<String, String> titles = new HashMap<>();
        file.areas().forEach((area, settings) -> {
            if (settings.column() != null) {
                titles.put(settings.column(), area);
            }
        });
        String name = file.roster().document();
        return GroupDocument.read(
                name,
                folder.text(name),
                new AreaColumns(List.copyOf(file.areas().keySet()), titles));
    }

    private OwnersAliases aliases(SettingsFile.Roster roster) throws InvalidDocument {
        return roster.aliases() == null ? OwnersAliases.empty() : OwnersAliases.read(folder.yaml(roster.aliases()));
    }

    private JobConfig jobs() throws InvalidDocument {
        return jobConfig == null ? JobConfig.EMPTY : JobConfigFolder.read(jobConfig);
    }
}
