// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.roster.AliasLevelConfig;
import io.kubevirt.cinotify.roster.RosterConfig;
import io.kubevirt.cinotify.roster.Rotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The last good copies of the people of teams and of aliases of repositories: one handle a line. */
public final class GroupFiles {
    private static final Logger LOG = Logger.getLogger(GroupFiles.class);

    private GroupFiles() {}

    /** The copy for a level. The name shows no team and no repository. */
    public static Path copy(Path fetched, AliasLevelConfig level) {
        String source = level.team() == null ? level.repository() + " " + level.alias() : level.team();
        return fetched.resolve(
                UUID.nameUUIDFromBytes(String.valueOf(source).getBytes(StandardCharsets.UTF_8)) + ".people");
    }

    /** The content of a copy. */
    public static String text(Collection<String> people) {
        return people.stream().map(person -> person + "\n").collect(Collectors.joining());
    }

    /** A group that was never read decides nothing: the table, or the next level, does. */
    static List<Rotation> read(RosterConfig roster, @Nullable Path fetched) {
        List<Rotation> rotations = new ArrayList<>();
        for (AliasLevelConfig level : roster.aliasLevels()) {
            if (level.isRemote() && fetched != null && Files.exists(copy(fetched, level))) {
                try {
                    List<String> people = Files.readAllLines(copy(fetched, level)).stream()
                            .filter(person -> !person.isBlank())
                            .toList();
                    if (!people.isEmpty()) {
                        rotations.add(level.rotation(people));
                    }
                } catch (IOException e) {
                    LOG.warnf("the copy of the %s cannot be read, it is read again: %s", level.name(), e.getMessage());
                }
            }
        }
        return rotations;
    }
}
