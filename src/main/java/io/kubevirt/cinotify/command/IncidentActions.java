// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens and changes incidents for commands, in the transaction of the reply. */
public interface IncidentActions {
    /** Opens a blocking incident for a request. An open incident with the same key stays as it is. */
    Opened open(Request request);

    /** Applies an action; returns empty on success, else the reason in plain text. */
    Optional<String> apply(IncidentAction action);

    /** Stores a person's report that a diagnosis is wrong. */
    void add(DiagnosisFeedback feedback);

    /** The number of such reports by rule. */
    List<RuleCount> feedbackByRule();

    /** The hypotheses about what broke the lane of an incident, in plain text; contains outside text. */
    List<String> suspects(IncidentView incident);

    void add(SuspectVerdict verdict);

    SuspectVerdict.Figures suspectVerdicts();

    record Opened(String incident, Recipient recipient) {}

    /**
     * An incident that a command opens.
     *
     * @param key the same for the same request; a repetition opens no second incident
     * @param title contains outside text
     * @param why the request; contains outside text
     * @param onlyRecipient for a drill, the only person to notify; null for whoever is responsible
     */
    public record Request(
            String key,
            String title,
            Diagnosis diagnosis,
            String why,
            List<String> lanes,
            Comment from,
            @Nullable String onlyRecipient) {
        public Request {
            lanes = List.copyOf(lanes);
        }
    }
}
