// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.roster.CalendarConfig;
import io.kubevirt.cinotify.roster.CalendarPeople;
import io.kubevirt.cinotify.roster.CalendarText;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.Rotation;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The calendars of {@code roster.calendars}: files of the settings, and the last good copies of those on the network. */
public final class CalendarFiles {
    private static final Logger LOG = Logger.getLogger(CalendarFiles.class);

    private final ConfigFolder folder;
    private final @Nullable Path fetched;

    /** @param fetched the folder with the copies; null for none */
    CalendarFiles(ConfigFolder folder, @Nullable Path fetched) {
        this.folder = folder;
        this.fetched = fetched;
    }

    /** The copy of a calendar. */
    public static Path copy(Path fetched, CalendarConfig calendar) {
        return fetched.resolve(calendar.name() + ".ics");
    }

    /**
     * A calendar that was never read decides nothing: the table, or the next level, does.
     *
     * @throws InvalidConfigException if a file of the settings is no calendar
     */
    List<Rotation> read(ConfigFile file, CalendarPeople people) throws InvalidConfigException {
        List<Rotation> rotations = new ArrayList<>();
        for (CalendarConfig calendar : file.roster().calendars()) {
            String name = calendar.file();
            if (name != null) {
                rotations.add(calendar.rotation(CalendarText.decode(folder.bytes(name)), people));
            } else {
                lastGood(calendar, people).ifPresent(rotations::add);
            }
        }
        return rotations;
    }

    private Optional<Rotation> lastGood(CalendarConfig calendar, CalendarPeople people) {
        if (fetched == null || Files.notExists(copy(fetched, calendar))) {
            return Optional.empty();
        }
        try {
            return Optional.of(calendar.rotation(Files.readString(copy(fetched, calendar)), people));
        } catch (IOException | InvalidConfigException e) {
            LOG.warnf(
                    "the copy of the calendar %s cannot be read, it is read again: %s",
                    calendar.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Everybody whom the settings in force name. */
    public static CalendarPeople people(Config config) {
        return people(config.file(), config.rosterDocument(), config.sigs(), config.aliases());
    }

    /** Everybody whom a document or the settings name. */
    static CalendarPeople people(ConfigFile file, RosterDocument document, SigDirectory sigs, OwnersAliases aliases) {
        CalendarPeople people = new CalendarPeople();
        file.roster().members().forEach((handle, member) -> {
            people.member(handle);
            member.names().forEach(name -> people.name(name, handle));
        });
        document.members().forEach(row -> people.member(row.handle()).name(row.name(), row.handle()));
        file.mailAddresses().forEach((handle, address) -> people.member(handle).name(address, handle));
        sigs.sigs().forEach(sig -> sig.people()
                .forEach(person -> people.handle(person.handle()).name(person.name(), person.handle())));
        aliases.handles().forEach(people::handle);
        return people;
    }
}
