// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.web.api.BumpItem;
import io.kubevirt.cinotify.web.api.BumpReader;
import io.kubevirt.cinotify.web.api.RequestParameters;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Automated pull requests by class. */
public record BumpsPage(List<Group> groups, boolean configured) {
    private static final int MOST = 20;
    private static final int HOURS_A_DAY = 24;

    public BumpsPage {
        groups = List.copyOf(groups);
    }

    /**
     * A class.
     *
     * @param every the usual time between two; empty if unknown
     */
    public record Group(String name, String every, @Nullable Moment lastOpened, List<Row> open, List<Row> ended) {
        public Group {
            open = List.copyOf(open);
            ended = List.copyOf(ended);
        }
    }

    /** @param tone of its phase */
    public record Row(
            BumpItem item,
            String tone,
            Moment opened,
            @Nullable Moment endedAt,
            String failed) {}

    public static BumpsPage of(PageContext context, RequestParameters parameters) {
        BumpReader reader = new BumpReader(context.read());
        List<BumpItem> bumps = reader.list(parameters.all("class"));
        var config = context.read().config().file().bumps();
        List<BumpClass> classes = config == null ? List.of() : config.classes();
        return new BumpsPage(
                classes.stream()
                        .filter(reader::mayShow)
                        .filter(each -> parameters.all("class").isEmpty()
                                || parameters.all("class").contains(each.name()))
                        .map(each -> group(context, each, bumps))
                        .toList(),
                config != null);
    }

    private static Group group(PageContext context, BumpClass bumpClass, List<BumpItem> bumps) {
        List<BumpItem> own = bumps.stream()
                .filter(bump -> bump.bumpClass().equals(bumpClass.name()))
                .toList();
        long hours = bumpClass.interval() == null ? 0 : bumpClass.interval().toHours();
        return new Group(
                bumpClass.name(),
                hours == 0 ? "" : hours % HOURS_A_DAY == 0 ? hours / HOURS_A_DAY + " d" : hours + " h",
                context.moment(own.stream()
                        .map(BumpItem::openedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(null)),
                own.stream()
                        .filter(bump -> bump.endedAt() == null)
                        .map(bump -> row(context, bump))
                        .toList(),
                own.stream()
                        .filter(bump -> bump.endedAt() != null)
                        .limit(MOST)
                        .map(bump -> row(context, bump))
                        .toList());
    }

    private static Row row(PageContext context, BumpItem bump) {
        String tone =
                switch (bump.phase()) {
                    case "red", "conflicts" -> "red";
                    case "green", "merged" -> "green";
                    default -> "grey";
                };
        return new Row(
                bump,
                tone,
                new Moment(bump.openedAt(), context.now(), context.zone()),
                context.moment(bump.endedAt()),
                String.join(", ", bump.failedJobs()));
    }
}
