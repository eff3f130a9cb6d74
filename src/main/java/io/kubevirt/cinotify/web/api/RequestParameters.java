// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. What is unknown or cannot be read is ignored and named in {@link #problems}: the API refuses such a
 * request, a page shows them.
 */
public final class RequestParameters {
    private static final int LONGEST = 400;
    private static final int MOST_SHOWN = 60;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private final Map<String, List<String>> given;
    private final List<String> known;
    private final List<String> problems = new ArrayList<>();

    /** @param known the names that the page or route understands */
    public RequestParameters(Map<String, List<String>> given, Collection<String> known) {
        this.given = Map.copyOf(given);
        this.known = List.copyOf(known);
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> report("unknown parameter \"" + shown(name) + "\""
                        + ClosestMatch.find(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(known.isEmpty() ? "" : "; known: " + String.join(", ", known))));
    }

    /** In order; empty if there are none. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** @throws RequestProblem if there are problems */
    public void requireValid() throws RequestProblem {
        if (!problems.isEmpty()) {
            throw RequestProblem.badRequest(String.join("; ", problems), "see /api/v1/openapi.json");
        }
    }

    public void report(String problem) {
        problems.add(problem);
    }

    /** The first value; null if it is absent or empty. */
    public @Nullable String text(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    /** All values that are not empty. */
    public List<String> all(String name) {
        return given.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> value.length() > LONGEST ? value.substring(0, LONGEST) : value)
                .toList();
    }

    /** Of some words; the default if it is absent or another word. */
    public String choice(String name, List<String> words, String otherwise) {
        String value = text(name);
        if (value == null || words.contains(value)) {
            return value == null ? otherwise : value;
        }
        report(name + "=" + shown(value) + " is none of: " + String.join(", ", words));
        return otherwise;
    }

    /** At least 1. */
    public int number(String name, int otherwise, int most) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        report(name + "=" + shown(value) + " is not a number from 1 to " + most);
        return otherwise;
    }

    public @Nullable Instant instant(String name) {
        String value = text(name);
        try {
            Instant instant = value == null ? null : Instant.parse(value);
            if (instant == null || isUsual(LocalDate.ofInstant(instant, ZoneOffset.UTC))) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        report(name + "=" + shown(String.valueOf(value))
                + " is not an instant of the years 2000 to 2099; write 2026-11-30T08:00:00Z");
        return null;
    }

    /** The first day of a week such as 2026-W49; null if it is absent or no week. */
    public @Nullable LocalDate monday(String name) {
        String value = text(name);
        try {
            LocalDate monday = value == null ? null : LocalDate.parse(value + "-1", DateTimeFormatter.ISO_WEEK_DATE);
            if (monday == null || isUsual(monday)) {
                return monday;
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        report(name + "=" + shown(String.valueOf(value)) + " is not a week of the years 2000 to 2099; write 2026-W49");
        return null;
    }

    /** Sums with other dates overflow. */
    private static boolean isUsual(LocalDate date) {
        return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
    }

    /** A zone of the IANA database, such as Europe/Berlin. */
    public ZoneId zone(String name, ZoneId otherwise) {
        String value = text(name);
        try {
            return value == null ? otherwise : ZoneId.of(value);
        } catch (DateTimeException e) {
            report(name + "=" + shown(String.valueOf(value)) + " is not a time zone; write Europe/Berlin");
            return otherwise;
        }
    }

    public boolean flag(String name) {
        return choice(name, List.of("1", "0", "true", "false"), "0").matches("1|true");
    }

    /** What was given by name, in order, without what is unknown. */
    public Map<String, List<String>> known() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        known.stream().filter(given::containsKey).forEach(name -> values.put(name, all(name)));
        return values;
    }

    /** The query of the same page with one other value. */
    public String with(String name, String value) {
        Map<String, List<String>> values = known();
        values.put(name, List.of(value));
        return values.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(each -> entry.getKey() + "=" + URLEncoder.encode(each, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** Short enough for a sentence. */
    public static String shown(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }
}
