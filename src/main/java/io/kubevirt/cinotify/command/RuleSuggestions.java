// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.command.Permissions.Permission;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Routing rules that would have routed the reassigned incidents. */
public final class RuleSuggestions {
    private static final Pattern NOT_A_NAME = Pattern.compile("[^a-z0-9]+");

    private RuleSuggestions() {}

    /**
     * Rules as YAML, to be inserted above the others in {@code routing.rules}; the newest reassignment of a job counts.
     */
    public static List<String> yaml(List<Reassignment> reassignments) {
        Map<String, Reassignment> newest = new LinkedHashMap<>();
        reassignments.stream()
                .sorted(java.util.Comparator.comparing(Reassignment::at).reversed())
                .forEach(each -> newest.putIfAbsent(each.repository() + " " + each.job(), each));
        List<String> lines = new ArrayList<>();
        newest.values().stream()
                .filter(RuleSuggestions::changesRoute)
                .forEach(each -> lines.addAll(rule(each, reassignments)));
        return List.copyOf(lines);
    }

    private static boolean changesRoute(Reassignment latest) {
        return !latest.sig().equals(latest.fromSig()) || !latest.area().equals(latest.fromArea());
    }

    private static List<String> rule(Reassignment latest, List<Reassignment> all) {
        long times = all.stream()
                .filter(each -> each.job().equals(latest.job())
                        && each.sig().equals(latest.sig())
                        && each.area().equals(latest.area()))
                .map(Reassignment::incident)
                .distinct()
                .count();
        List<String> lines = new ArrayList<>();
        lines.add("# rule " + plain(latest.rule()) + " routed to " + plain(latest.fromSig()) + ", area "
                + plain(latest.fromArea()) + "; incident " + latest.incident()
                + (times > 1 ? ", " + times + " in total" : ""));
        lines.add("- name: reassigned-"
                + NOT_A_NAME
                        .matcher(latest.job().toLowerCase(java.util.Locale.ROOT))
                        .replaceAll("-"));
        lines.add("  job: '^" + Pattern.quote(plain(latest.job())).replace("'", "''") + "$'");
        if (latest.repository() != null) {
            lines.add("  repo: [" + quoted(latest.repository()) + "]");
        }
        lines.add("  sig: " + quoted(latest.sig()));
        lines.add("  area: " + quoted(latest.area()));
        lines.add("  because: "
                + quoted(latest.by() + " reassigned it on " + LocalDate.ofInstant(latest.at(), ZoneOffset.UTC)));
        return lines;
    }

    /** Removes characters that would end a YAML comment. */
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

    static final class Handler extends CommandHandler {
        Handler() {
            super(
                    "suggestions",
                    List.of("suggestions"),
                    new CommandHelp.Entry(
                            "/ci-notify suggestions",
                            false,
                            "Shows routing rules, as YAML to paste, that would have routed the reassigned incidents, and rules whose"
                                    + " diagnoses people reported as wrong.",
                            List.of("/ci-notify suggestions"),
                            Permission.READ));
        }

        @Override
        Reply handle(Call call) {
            MarkdownReply reply = call.newReply();
            List<String> yaml = yaml(call.context().reassignments());
            if (yaml.isEmpty()) {
                reply.answer("no reassignment suggests a routing rule.");
            } else {
                reply.answer("these rules would have routed the reassigned incidents. Review them, because a rule"
                                + " applies to every failure of its job, and insert them above the others in"
                                + " `routing.rules`.")
                        .yaml(yaml);
            }
            List<String> wrong = call.actions().feedbackByRule().stream()
                    .map(count -> reply.escape(count.sentence()))
                    .toList();
            if (!wrong.isEmpty()) {
                reply.paragraph("Diagnoses that people reported as wrong, in incidents:")
                        .bullets(wrong);
            }
            String verdicts = call.actions().suspectVerdicts().sentence();
            if (!verdicts.isEmpty()) {
                reply.paragraph("Suspects: " + verdicts + ".");
            }
            return Reply.done(reply, "answered");
        }
    }
}
