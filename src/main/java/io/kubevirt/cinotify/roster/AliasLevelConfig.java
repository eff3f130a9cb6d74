// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Set;

/** An entry of {@code roster.aliasLevels}. */
public record AliasLevelConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("An alias of OWNERS_ALIASES.")
        String alias,

        @JsonPropertyDescription("The areas in which its people have the level; all areas if absent.")
        List<String> areas,

        @JsonPropertyDescription("Their level, in place of the table; backup if absent.")
        Level level,

        @JsonProperty(required = true)
        @JsonPropertyDescription("IANA time zone of people who have no other, such as Europe/Berlin.")
        String zone) {
    /** Fills in the defaults. */
    public AliasLevelConfig {
        areas = ConfigCollections.orEmpty(areas);
        level = level == null ? Level.BACKUP : level;
    }

    void check(ConfigValidator check) {
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "areas", index);
        }
        if (MemberZone.parse(zone).isEmpty()) {
            check.report("\"" + zone + "\" is not an IANA time zone", "write it as Europe/Berlin", "zone");
        }
    }

    void checkAlias(ConfigValidator check, OwnersAliases aliases) {
        if (people(aliases).isEmpty()) {
            check.report(
                    "OWNERS_ALIASES has nobody in \"" + alias + "\"",
                    ClosestMatch.find(alias, aliases.names())
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("use an alias of the file of roster.aliases"),
                    "alias");
        }
    }

    private Set<String> people(OwnersAliases aliases) {
        return aliases.people(alias).orElse(Set.of());
    }

    Rotation rotation(OwnersAliases aliases) {
        return new Rotation(
                alias, areas, level, MemberZone.parse(zone).orElseThrow(), new EverybodyPlan(people(aliases)));
    }
}
