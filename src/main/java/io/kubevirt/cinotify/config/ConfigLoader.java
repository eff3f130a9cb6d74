// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.TemplateRegistry;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.roster.AreaColumns;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the settings file, the documents that it names, the templates and the job configuration: all of it or nothing. */
public final class ConfigLoader {

    /** The name of the settings file in its folder. */
    public static final String FILE = "ci-notify.yaml";

    /** The folder beside it with the operator's own words; need not be there. */
    private static final String TEMPLATES = "templates";

    /** Who writes all the time is read as it is. */
    private static final int ATTEMPTS = 3;

    private final Path path;
    private final ConfigFolder folder;
    private final @Nullable Path jobConfig;
    private @Nullable FilesFingerprint lastRead;

    /**
     * @param folder the folder of the settings file
     * @param jobConfig the folder of Prow's job configuration; null for none
     */
    public ConfigLoader(Path folder, @Nullable Path jobConfig) {
        this.path = folder;
        this.folder = new ConfigFolder(folder);
        this.jobConfig = jobConfig;
    }

    /** Whether a file has changed since the settings were last read, well or not. */
    public synchronized boolean hasChanged() {
        return !FilesFingerprint.of(path, jobConfig).equals(lastRead);
    }

    /**
     * Reads all files; again, if they changed meanwhile, so that two versions are never mixed.
     *
     * @throws InvalidConfigException with everything that keeps the settings from being used
     */
    public synchronized Config load() throws InvalidConfigException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            FilesFingerprint before = FilesFingerprint.of(path, jobConfig);
            lastRead = before;
            Config read = read();
            if (FilesFingerprint.of(path, jobConfig).equals(before)) {
                return read;
            }
        }
        lastRead = FilesFingerprint.of(path, jobConfig);
        return read();
    }

    private Config read() throws InvalidConfigException {
        ProblemCollector attempts = new ProblemCollector();
        Optional<TemplateRegistry> templates = attempts.read(
                () -> TemplateRegistry.read(path.resolve(TEMPLATES), Set.copyOf(ConfigFile.CHANNELS.values())));
        YamlDocument yaml = attempts.require(() -> folder.yaml(FILE));
        ConfigFile file = attempts.require(() -> ConfigBinder.bind(yaml));
        Optional<RosterDocument> document = attempts.read(() -> document(file));
        Optional<SigDirectory> sigs =
                attempts.read(() -> SigDirectory.read(folder.yaml(file.roster().sigs())));
        Optional<OwnersAliases> aliases = attempts.read(() -> aliases(file.roster()));
        Optional<MemberOverrides> overlay = attempts.read(() -> new MemberOverridesReader(yaml, file.roster()).read());
        Optional<TrustedHosts> addresses = attempts.read(() -> new ProwReader(yaml, file.prow()).addresses());
        Optional<PluginJobNames> names = attempts.read(() -> new ProwReader(yaml, file.prow()).names());
        Optional<JobConfig> jobs = attempts.read(this::jobs);
        attempts.add(checked(file, validator(yaml, file, sigs.orElse(null))));
        Optional<StalenessThresholds> timeliness =
                attempts.read(() -> new TimelinessReader(yaml, file).read()).flatMap(rules -> rules);
        Optional<Thresholds> thresholds = attempts.read(() -> new ThresholdsReader(yaml).read(file.incidents()));
        Supplier<NotificationConfig> words = notificationConfig(yaml, file, sigs.orElse(null), attempts);
        attempts.throwIfAny();
        NotificationConfig said = words.get();
        return new Config(
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
                said.links(),
                said.digests(),
                templates.orElseThrow());
    }

    /** What is said, where and how much. */
    private record NotificationConfig(SendingConfig sending, Links links, DigestSchedule digests) {}

    private Supplier<NotificationConfig> notificationConfig(
            YamlDocument yaml, ConfigFile file, @Nullable SigDirectory sigs, ProblemCollector attempts) {
        Optional<SendingConfig> sending = attempts.read(() -> new SendingReader(yaml).read(file.sending()));
        Optional<Links> links = attempts.read(() -> new GitHubReader(yaml).links(file.links()));
        Optional<DigestSchedule> digests =
                attempts.read(() -> new DigestReader(validator(yaml, file, sigs)).read(file.digests()));
        return () -> new NotificationConfig(sending.orElseThrow(), links.orElseThrow(), digests.orElseThrow());
    }

    private static ConfigValidator validator(YamlDocument yaml, ConfigFile file, @Nullable SigDirectory sigs) {
        return new ConfigValidator(
                yaml,
                new ConfigValidator.KnownNames(
                        file.areas().keySet(),
                        sigs == null ? null : RoutingReader.sigNames(sigs),
                        file.roster().sigs(),
                        ConfigFile.CHANNELS.keySet()));
    }

    /** All checks report to the same names, which tell them together. */
    private static List<ConfigProblem> checked(ConfigFile file, ConfigValidator names) {
        file.checkChannels(names);
        new RoutingCheck(file, names).problems();
        new BumpCheck(file, names).problems();
        new EvidenceCheck(file, names).problems();
        return new KnownIssuesCheck(file, names).problems();
    }

    private static Diagnoser diagnoser(ConfigFile file, PluginJobNames names, JobConfig jobs, SigDirectory sigs) {
        return new Diagnoser(
                names, jobs, RoutingReader.read(file, sigs), file.diagnosis().areas(), EvidenceCheck.read(file));
    }

    private RosterDocument document(ConfigFile file) throws InvalidConfigException {
        Map<String, String> titles = new HashMap<>();
        file.areas().forEach((area, settings) -> {
            if (settings.column() != null) {
                titles.put(settings.column(), area);
            }
        });
        String name = file.roster().document();
        return RosterDocument.read(
                name,
                folder.text(name),
                new AreaColumns(List.copyOf(file.areas().keySet()), titles));
    }

    private OwnersAliases aliases(ConfigFile.Roster roster) throws InvalidConfigException {
        return roster.aliases() == null ? OwnersAliases.empty() : OwnersAliases.read(folder.yaml(roster.aliases()));
    }

    private JobConfig jobs() throws InvalidConfigException {
        return jobConfig == null ? JobConfig.EMPTY : JobConfigFolder.read(jobConfig);
    }
}
