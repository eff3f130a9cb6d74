// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.digest.DigestSchedule;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.TemplateRegistry;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.ProwSettings;
import io.kubevirt.cinotify.prow.ProwSettingsReader;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.roster.AreaColumns;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterConfig;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.Rotation;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.KnownGroups;
import io.kubevirt.cinotify.routing.Subprojects;
import io.kubevirt.cinotify.routing.Subprojects.Subproject;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the configuration file, its documents, the templates and the job configuration; a problem in any rejects all. */
public final class ConfigLoader {
    /** The name of the configuration file in its folder. */
    public static final String FILE = "ci-notify.yaml";

    /** A warning for the operator. */
    public static final String WITHOUT_JOBS =
            "without --job-config-path it is unknown whether a failure blocks merging, unless a ProwJob says so";

    /** The optional folder with templates that replace the built-in ones. */
    private static final String TEMPLATES = "templates";

    /** After this many changes while reading, the files are used as they are. */
    private static final int ATTEMPTS = 3;

    private final Path path;
    private final ConfigFolder folder;
    private final @Nullable Path jobConfig;
    private final @Nullable Path prowConfig;
    private final List<String> decks;
    private final @Nullable URI boardUrl;
    private @Nullable Path calendars;
    private @Nullable FilesFingerprint lastRead;

    /** Without Prow's {@code config.yaml}. */
    public ConfigLoader(Path folder, @Nullable Path jobConfig) {
        this(folder, jobConfig, null);
    }

    /** Without decks and board. */
    public ConfigLoader(Path folder, @Nullable Path jobConfig, @Nullable Path prowConfig) {
        this(folder, jobConfig, prowConfig, List.of(), null);
    }

    /**
     * @param folder the folder of the configuration file
     * @param jobConfig the folder of Prow's job configuration; null for none
     * @param prowConfig Prow's {@code config.yaml}, or a mounted ConfigMap that may have it; null for none
     * @param decks the origins of the decks that are polled; run pages there are trusted, too
     * @param boardUrl the address of the board, for links in messages; null for none
     */
    public ConfigLoader(
            Path folder,
            @Nullable Path jobConfig,
            @Nullable Path prowConfig,
            List<String> decks,
            @Nullable URI boardUrl) {
        this.boardUrl = boardUrl;
        this.decks = List.copyOf(decks);
        this.path = folder;
        this.prowConfig = prowConfig;
        this.folder = new ConfigFolder(folder);
        this.jobConfig = jobConfig;
    }

    /**
     * Reads calendars, teams and aliases that are not files, too.
     *
     * @param fetched the folder with the last good ones
     */
    public ConfigLoader withCalendars(Path fetched) {
        this.calendars = fetched;
        return this;
    }

    /** Whether a file has changed since the last load, successful or not. */
    public synchronized boolean hasChanged() {
        return !fingerprint().equals(lastRead);
    }

    /**
     * Reads all files; again if they change meanwhile, so that two versions are never mixed.
     *
     * @throws InvalidConfigException with all problems
     */
    public synchronized Config load() throws InvalidConfigException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            FilesFingerprint before = fingerprint();
            lastRead = before;
            Config read = read();
            if (fingerprint().equals(before)) {
                return read;
            }
        }
        lastRead = fingerprint();
        return read();
    }

    private FilesFingerprint fingerprint() {
        return FilesFingerprint.of(path, jobConfig, prowConfig, calendars);
    }

    private Config read() throws InvalidConfigException {
        ProblemCollector problems = new ProblemCollector();
        Optional<TemplateRegistry> templates = problems.read(
                () -> TemplateRegistry.read(path.resolve(TEMPLATES), Set.copyOf(ConfigFile.CHANNELS.values())));
        YamlDocument yaml = problems.require(() -> folder.yaml(FILE));
        ConfigFile file = problems.require(() -> ConfigBinder.bind(yaml));
        Optional<RosterDocument> document = problems.read(() -> document(file));
        Optional<SigDirectory> sigs =
                problems.read(() -> SigDirectory.read(folder.yaml(file.roster().sigs())));
        Optional<OwnersAliases> aliases = problems.read(() -> aliases(file.roster()));
        Optional<ProwSettings> prow = problems.read(this::prow);
        Optional<JobConfig> jobs =
                problems.read(() -> jobs(prow.map(ProwSettings::presets).orElse(List.of())));
        ConfigValidator validator = validator(yaml, file, sigs.orElse(null));
        file.check(validator, prow.orElse(ProwSettings.NONE));
        aliases.ifPresent(owners -> file.roster().checkAliases(validator.at("roster"), owners));
        problems.add(validator.problems());
        problems.throwIfAny();
        List<Rotation> plans = plans(file, document.orElseThrow(), sigs.orElseThrow(), aliases.orElseThrow());
        MemberOverrides overrides =
                file.roster().overrides(FILE, handle -> yaml.line(JsonPointers.of("roster", "members", handle)));
        return new Config(
                path,
                file,
                new RunUrlReader(file.prow().trustedHosts().with(decks), prow.orElseThrow()),
                prow.orElseThrow(),
                jobs.orElseThrow(),
                diagnoser(file, jobs.orElseThrow(), groups(sigs.orElseThrow())),
                document.orElseThrow(),
                overrides,
                Roster.of(document.orElseThrow(), overrides, plans),
                sigs.orElseThrow(),
                aliases.orElseThrow(),
                Links.of(file.prow().gitHubServer(), file.links())
                        .with(file.guidance())
                        .with(boardUrl),
                file.digests() == null ? DigestSchedule.NONE : file.digests().schedule(),
                templates.orElseThrow());
    }

    private List<Rotation> plans(ConfigFile file, RosterDocument table, SigDirectory sigs, OwnersAliases aliases)
            throws InvalidConfigException {
        List<Rotation> plans = new ArrayList<>(file.roster().plans(aliases));
        plans.addAll(GroupFiles.read(file.roster(), calendars));
        plans.addAll(new CalendarFiles(folder, calendars).read(file, CalendarFiles.people(file, table, sigs, aliases)));
        return plans;
    }

    private static ConfigValidator validator(YamlDocument yaml, ConfigFile file, @Nullable SigDirectory sigs) {
        return new ConfigValidator(
                yaml,
                new ConfigValidator.KnownNames(
                        file.areas().keySet(),
                        sigs == null ? null : sigNames(sigs),
                        file.roster().sigs(),
                        ConfigFile.CHANNELS.keySet()));
    }

    private static Diagnoser diagnoser(ConfigFile file, JobConfig jobs, KnownGroups groups) {
        return new Diagnoser(
                file.prow().pluginJobNames(),
                jobs,
                file.routing()
                        .routing(groups, file.areas().keySet(), file.prow().annotationPrefix()),
                file.diagnosis().areas(),
                file.evidence() == null ? EvidenceRules.NONE : file.evidence().rules());
    }

    private KnownGroups groups(SigDirectory directory) {
        Map<String, String> otherNames = new HashMap<>();
        List<Subproject> subprojects = new ArrayList<>();
        for (Sig sig : directory.sigs()) {
            sig.otherNames().forEach(name -> otherNames.putIfAbsent(name, sig.shortName()));
            sig.subprojects()
                    .forEach(subproject ->
                            subprojects.add(new Subproject(sig.shortName(), subproject.name(), subproject.owners())));
        }
        Set<String> names = sigNames(directory);
        otherNames.keySet().removeAll(names);
        return new KnownGroups(
                names,
                otherNames,
                new Subprojects(subprojects),
                jobConfig == null ? Map.of() : OwnersFiles.read(jobConfig));
    }

    /** The short names that the configuration may use. */
    static Set<String> sigNames(SigDirectory sigs) {
        Set<String> names = new HashSet<>(Set.of(Diagnosis.NO_SIG, Diagnosis.SEVERAL_SIGS));
        sigs.sigs().stream().map(Sig::shortName).forEach(names::add);
        return names;
    }

    private RosterDocument document(ConfigFile file) throws InvalidConfigException {
        String name = file.roster().document();
        List<String> areas = List.copyOf(file.areas().keySet());
        if (name == null) {
            return new RosterDocument(FILE, areas, List.of());
        }
        return RosterDocument.read(
                name,
                folder.text(name),
                new AreaColumns(areas, file.areaColumns()),
                file.prow().gitHubServer());
    }

    private OwnersAliases aliases(RosterConfig roster) throws InvalidConfigException {
        return roster.aliases() == null ? OwnersAliases.empty() : OwnersAliases.read(folder.yaml(roster.aliases()));
    }

    private JobConfig jobs(List<ProwSettings.Preset> presets) throws InvalidConfigException {
        return jobConfig == null ? JobConfig.EMPTY : JobConfigFolder.read(jobConfig, presets);
    }

    private ProwSettings prow() throws InvalidConfigException {
        if (prowConfig == null) {
            return ProwSettings.NONE;
        }
        boolean mounted = Files.isDirectory(prowConfig);
        Path file = mounted ? prowConfig.resolve("config.yaml") : prowConfig;
        if (mounted && Files.notExists(file)) {
            return ProwSettings.NONE;
        }
        try {
            return ProwSettingsReader.read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(file.toString(), "Prow's config.yaml cannot be read", "fix --config-file"));
        }
    }
}
