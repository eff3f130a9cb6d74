/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.evidence.BuildLog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a log for the first cause line of the phase that failed. What stands in a phase that went well did no
 * harm, and what comes after the failure is clearing away (failure-history §4: the last line is usually teardown).
 */
public final class LogReading {

    private final LineRules rules;
    private final List<String> lines;
    private @Nullable CauseLine cause;
    private @Nullable CauseLine hint;
    private @Nullable CauseLine end;

    private LogReading(LineRules rules, BuildLog log) {
        this.rules = rules;
        this.lines = log.lines();
    }

    /** Why the run failed, as far as its log tells. */
    public static Optional<CauseLine> find(LineRules rules, BuildLog log) {
        LogReading reading = new LogReading(rules, log);
        int head = log.hasGap() ? log.head().size() : log.lines().size();
        reading.read(0, head);
        if (reading.end != null) {
            return reading.found();
        }
        // What lies in the gap may have gone well or not: the beginning counts only if the end tells nothing.
        Optional<CauseLine> early = reading.found();
        reading.forget();
        reading.read(head, reading.lines.size());
        return reading.found().or(() -> early);
    }

    private void read(int from, int until) {
        for (int index = from; index < until; index++) {
            String line = lines.get(index);
            Optional<LineRule> rule = rules.of(line);
            if (rule.isPresent()) {
                take(new CauseLine(index, line, rule.get()), rule.get().kind());
            } else if (end == null && rules.begins(line)) {
                forget();
            }
            boolean isTeardown =
                    rule.filter(known -> known.kind() == LineKind.TEARDOWN).isPresent();
            if (end == null && !isTeardown && rules.ends(line)) {
                end = new CauseLine(index, line, rule.filter(LineRule::isCause).orElse(null));
            }
            if (end != null && (cause != null || hint != null)) {
                return;
            }
        }
    }

    private void take(CauseLine line, @Nullable LineKind kind) {
        if (kind == LineKind.CAUSE && cause == null) {
            cause = line;
        } else if (kind == LineKind.HINT && hint == null) {
            hint = line;
        }
    }

    private void forget() {
        cause = null;
        hint = null;
    }

    private Optional<CauseLine> found() {
        return Optional.ofNullable(cause != null ? cause : hint != null ? hint : end);
    }
}
