// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.GroupFiles;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubFiles;
import io.kubevirt.cinotify.github.GitHubTeams;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.AliasLevelConfig;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the people of GitHub teams, and of aliases in OWNERS_ALIASES of repositories, into a folder. */
final class GroupFetcher {
    private static final String ALIASES = "OWNERS_ALIASES";

    private final Path folder;
    private final GitHubConnection github;

    GroupFetcher(Path folder, GitHubConnection github) {
        this.folder = folder;
        this.github = github;
    }

    /** Reads all groups; returns those that could not be read. One without people is never what somebody wants. */
    List<UnreadSource> fetch(Config config) {
        List<UnreadSource> problems = new ArrayList<>();
        for (AliasLevelConfig level : config.file().roster().aliasLevels()) {
            if (level.isRemote()) {
                try {
                    Set<String> people = people(level);
                    if (people.isEmpty()) {
                        problems.add(problem(level, "it has nobody; add people to it, or use another one"));
                    } else {
                        RosterFetcher.store(GroupFiles.copy(folder, level), GroupFiles.text(people));
                    }
                } catch (GitHubException e) {
                    problems.add(problem(level, cause(level, e)));
                } catch (IOException | InvalidConfigException e) {
                    problems.add(problem(level, String.valueOf(e.getMessage())));
                }
            }
        }
        return problems;
    }

    private UnreadSource problem(AliasLevelConfig level, String cause) {
        return UnreadSource.of(
                level.team() == null ? UnreadSource.Kind.ALIAS : UnreadSource.Kind.TEAM,
                level.name() + " of roster.aliasLevels",
                Files.exists(GroupFiles.copy(folder, level)),
                cause);
    }

    private Set<String> people(AliasLevelConfig level) throws GitHubException, IOException, InvalidConfigException {
        GitHubApi api = github.api().orElse(null);
        if (api == null) {
            throw new IOException("no GitHub credentials are configured; set --github-token-path");
        }
        if (level.team() != null) {
            return new GitHubTeams(api).members(Repository.of(level.team()));
        }
        String text = new GitHubFiles(api)
                .read(Repository.of(String.valueOf(level.repository())), ALIASES)
                .orElseThrow(() -> new IOException("the default branch has no " + ALIASES
                        + ", or the token has no access; check repository, and the access of the token"));
        OwnersAliases aliases = OwnersAliases.read(YamlDocument.parse(ALIASES, text));
        return aliases.people(String.valueOf(level.alias()))
                .orElseThrow(() -> new IOException(ALIASES + " has no such alias; check alias"));
    }

    /** Without the request, which has the name of the team or repository. */
    private static String cause(AliasLevelConfig level, GitHubException e) {
        if (e.kind() == GitHubException.Kind.NOT_FOUND) {
            return level.team() == null
                    ? "GitHub has no such repository, or the token has no access (404); check repository"
                    : "GitHub has no such team, or the token has no access (404); check team, and give the token"
                            + " read:org, or the App the permission Members: read";
        }
        return e.explanation().replaceFirst("^[A-Z]+ /\\S+: ", "").replaceAll("/(orgs|repos)/\\S+", "/$1/…");
    }
}
