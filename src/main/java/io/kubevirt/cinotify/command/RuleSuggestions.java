// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The routing rules that would have known what people had to say by hand. */
public final class RuleSuggestions {

    private static final Pattern NOT_A_NAME = Pattern.compile("[^a-z0-9]+");

    private RuleSuggestions() {}

    /**
     * Rules as YAML, to be pasted before the others below {@code routing: rules:}; the newest word on a job counts.
     *
     * @param moved in any order
     * @return a line each; none if nobody reassigned anything that a rule can tell
     */
    public static List<String> yaml(List<Reassignment> moved) {
        Map<String, Reassignment> newest = new LinkedHashMap<>();
        moved.stream()
                .sorted(java.util.Comparator.comparing(Reassignment::at).reversed())
                .forEach(each -> newest.putIfAbsent(each.repository() + " " + each.job(), each));
        List<String> lines = new ArrayList<>();
        newest.values().stream().filter(RuleSuggestions::changesRoute).forEach(each -> lines.addAll(rule(each, moved)));
        return List.copyOf(lines);
    }

    private static boolean changesRoute(Reassignment moved) {
        return !moved.sig().equals(moved.fromSig()) || !moved.area().equals(moved.fromArea());
    }

    private static List<String> rule(Reassignment moved, List<Reassignment> all) {
        long times = all.stream()
                .filter(each -> each.job().equals(moved.job())
                        && each.sig().equals(moved.sig())
                        && each.area().equals(moved.area()))
                .map(Reassignment::incident)
                .distinct()
                .count();
        List<String> lines = new ArrayList<>();
        lines.add("# rule " + plain(moved.rule()) + " said " + plain(moved.fromSig()) + ", area "
                + plain(moved.fromArea()) + "; incident " + moved.incident()
                + (times > 1 ? ", " + times + " in all" : ""));
        lines.add("- name: reassigned-"
                + NOT_A_NAME
                        .matcher(moved.job().toLowerCase(java.util.Locale.ROOT))
                        .replaceAll("-"));
        lines.add("  job: '^" + Pattern.quote(plain(moved.job())).replace("'", "''") + "$'");
        if (moved.repository() != null) {
            lines.add("  repo: [" + quoted(moved.repository()) + "]");
        }
        lines.add("  sig: " + quoted(moved.sig()));
        lines.add("  area: " + quoted(moved.area()));
        lines.add("  because: "
                + quoted(moved.by() + " reassigned it on " + LocalDate.ofInstant(moved.at(), ZoneOffset.UTC)));
        return lines;
    }

    /** Without what would end a comment. */
    private static String plain(String text) {
        return text.codePoints()
                .filter(point -> !Character.isISOControl(point)
                        && Character.getType(point) != Character.FORMAT
                        && Character.getType(point) != Character.LINE_SEPARATOR
                        && Character.getType(point) != Character.PARAGRAPH_SEPARATOR)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return "'" + plain(text).replace("'", "''") + "'";
    }
}
