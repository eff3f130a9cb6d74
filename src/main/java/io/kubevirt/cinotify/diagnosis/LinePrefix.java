// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What runners and collectors write before each line of a log: times, and the name of a container or a level. */
final class LinePrefix {
    private static final Pattern TIME =
            Pattern.compile("\\[?(\\d{4}[-/]\\d\\d[-/]\\d\\d[T _])?\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?"
                    + "(Z| ?[+-]\\d\\d:?\\d\\d| UTC)?\\]?:?\\s+((stdout|stderr) [FP] )?"
                    + "|\\d{10}(\\.\\d+)?\\s+"
                    + "|\\(\\d\\d:\\d\\d(:\\d\\d)?\\)\\s+"
                    + "|\\[pod/[^\\]\\s]+\\] "
                    + "|INFO\\[[^\\]\\s]*\\]\\s+"
                    + "|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+ [\\w.-]+(\\[\\d+\\])?: ");

    private static final Pattern LABEL =
            Pattern.compile("\\[[\\w ./:-]{1,60}\\]\\s+|[\\w./-]{1,60} *\\|\\s+|(?i:info|debug|notice):?\\s+");
    private static final Pattern OF_ERRORS = Pattern.compile("(?i)err|fail|warn|panic|fatal|pass");
    private static final int SAMPLE = 300;

    /** The same label stands before two of three lines; empty if none does. */
    private final String label;

    private LinePrefix(String label) {
        this.label = label;
    }

    static LinePrefix of(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        int sampled = 0;
        for (String line : lines.subList(0, Math.min(SAMPLE, lines.size()))) {
            String rest = withoutTime(line);
            sampled += rest.isEmpty() ? 0 : 1;
            Matcher start = LABEL.matcher(rest);
            if (start.lookingAt() && !OF_ERRORS.matcher(start.group()).find()) {
                counts.merge(start.group(), 1, Integer::sum);
            }
        }
        int least = Math.max(3, (sampled * 2 + 2) / 3);
        return new LinePrefix(counts.entrySet().stream()
                .filter(count -> count.getValue() >= least)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(""));
    }

    String strip(String line) {
        String rest = withoutTime(line);
        return label.isEmpty() || !rest.startsWith(label) ? rest : withoutTime(rest.substring(label.length()));
    }

    /** Times may be written twice. */
    private static String withoutTime(String line) {
        String rest = line;
        while (mayBeTime(rest)) {
            Matcher time = TIME.matcher(rest);
            if (!time.lookingAt()) {
                return rest;
            }
            rest = rest.substring(time.end());
        }
        return rest;
    }

    private static boolean mayBeTime(String line) {
        if (line.length() < "INFO[1] ".length()) {
            return false;
        }
        char first = line.charAt(0);
        return first == '['
                || first == '('
                || first >= '0' && first <= '9'
                || line.startsWith("INFO[")
                || line.charAt(3) == ' ' && line.charAt(6) == ' ';
    }
}
