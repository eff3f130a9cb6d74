// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry of {@code roster.aliasLevels}. */
public record AliasLevelConfig(
        @JsonPropertyDescription("An alias of OWNERS_ALIASES: of the file of aliases, or of repository.") @Nullable String alias,

        @JsonPropertyDescription(
                "The repository, as org/name, with the OWNERS_ALIASES of alias on its default branch. Read every 15 minutes;"
                        + " the last good one is kept.")
        @Nullable String repository,

        @JsonPropertyDescription(
                "A GitHub team, as org/team, in place of alias. Read every 15 minutes; the last good one is kept. Only the"
                        + " configuration shows its name.")
        @Nullable String team,

        @JsonPropertyDescription("The areas in which its people have the level; all areas if absent.")
        List<String> areas,

        @JsonPropertyDescription("Their level, in place of the table; backup if absent.")
        Level level,

        @JsonProperty(required = true)
        @JsonPropertyDescription("IANA time zone of people who have no other, such as Europe/Berlin.")
        String zone) {
    private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,255}");

    /** Fills in the defaults. */
    public AliasLevelConfig {
        areas = ConfigCollections.orEmpty(areas);
        level = level == null ? Level.BACKUP : level;
    }

    /** Whether its people are read over the network. */
    public boolean isRemote() {
        return team != null || repository != null;
    }

    /** For reasons and problems, which everybody may read; teams of GitHub are never public. */
    public String name() {
        return team == null
                ? String.valueOf(alias)
                : level.name().toLowerCase(Locale.ROOT) + " team for "
                        + (areas.isEmpty() ? "all areas" : String.join(", ", areas));
    }

    void check(ConfigValidator check) {
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "areas", index);
        }
        if (MemberZone.parse(zone).isEmpty()) {
            check.report("\"" + zone + "\" is not an IANA time zone", "write it as Europe/Berlin", "zone");
        }
        if ((alias == null) == (team == null)) {
            check.report("needs one source", "write one of alias and team");
        }
        if (team != null && !TEAM.matches(team)) {
            check.report(
                    "\"" + team + "\" is not a team",
                    "use org/team, with the last part of its address: github.com/orgs/ORG/teams/TEAM",
                    "team");
        }
        if (repository != null && (team != null || Repository.parse(repository).isEmpty())) {
            check.report(
                    "\"" + repository + "\" is not a repository with an alias",
                    "use org/name, and the alias in its OWNERS_ALIASES",
                    "repository");
        }
    }

    void checkAlias(ConfigValidator check, OwnersAliases aliases) {
        if (!isRemote() && alias != null && people(aliases).isEmpty()) {
            check.report(
                    "OWNERS_ALIASES has nobody in \"" + alias + "\"",
                    ClosestMatch.find(alias, aliases.names())
                            .filter(nearest -> !nearest.equals(alias))
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("use an alias of the file of roster.aliases"),
                    "alias");
        }
    }

    private Set<String> people(OwnersAliases aliases) {
        return aliases.people(String.valueOf(alias)).orElse(Set.of());
    }

    Rotation rotation(OwnersAliases aliases) {
        return rotation(people(aliases));
    }

    /** The level with the people of a group that is not in the settings. */
    public Rotation rotation(Collection<String> people) {
        return new Rotation(name(), areas, level, MemberZone.parse(zone).orElseThrow(), new EverybodyPlan(people));
    }
}
