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

/** Proposes places for an offset; only the member knows which is right. */
final class ZoneSuggestion {

    /** One well-known place for each rule by which many people's clocks move, and then those that never do. */
    private static final List<ZoneId> PLACES = Stream.of(
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

    /** Places that have the offset at some time of the year, each with when: {@code Europe/Berlin (in summer)}. */
    static List<String> placesFor(ZoneOffset offset, Instant at) {
        List<String> places = new ArrayList<>();
        for (ZoneId place : PLACES) {
            ZoneRules rules = place.getRules();
            ZoneOffset standard = rules.getStandardOffset(at);
            ZoneOffsetTransition change = rules.nextTransition(at);
            if (change == null) {
                if (standard.equals(offset)) {
                    places.add(place.getId() + " (all year)");
                }
            } else if (change.getOffsetBefore().equals(offset)
                    || change.getOffsetAfter().equals(offset)) {
                places.add(place.getId() + (standard.equals(offset) ? " (in winter)" : " (in summer)"));
            }
        }
        return places;
    }
}
