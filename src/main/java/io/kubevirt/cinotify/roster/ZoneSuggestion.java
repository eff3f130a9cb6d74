// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Suggests IANA zones for a fixed offset. */
final class ZoneSuggestion {
    /** One well-known zone for each common rule. */
    private static final List<ZoneId> ZONES = Stream.of(
                    "America/Los_Angeles",
                    "America/Denver",
                    "America/Chicago",
                    "America/New_York",
                    "Europe/London",
                    "Europe/Berlin",
                    "Europe/Athens",
                    "Asia/Jerusalem",
                    "Australia/Sydney",
                    "America/Sao_Paulo",
                    "Asia/Kolkata",
                    "Asia/Shanghai",
                    "Asia/Tokyo")
            .map(ZoneId::of)
            .toList();

    private ZoneSuggestion() {}

    /** Zones with this offset at some time of the year, and when: {@code Europe/Berlin (in summer)}. */
    static List<String> zonesFor(ZoneOffset offset, Instant at) {
        List<String> zones = new ArrayList<>();
        for (ZoneId zone : ZONES) {
            ZoneRules rules = zone.getRules();
            ZoneOffset standard = rules.getStandardOffset(at);
            ZoneOffsetTransition change = rules.nextTransition(at);
            if (change == null) {
                if (standard.equals(offset)) {
                    zones.add(zone.getId() + " (all year)");
                }
            } else if (change.getOffsetBefore().equals(offset)
                    || change.getOffsetAfter().equals(offset)) {
                zones.add(zone.getId() + (standard.equals(offset) ? " (in winter)" : " (in summer)"));
            }
        }
        return zones;
    }
}
