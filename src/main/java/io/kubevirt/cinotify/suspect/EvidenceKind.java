// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What speaks for or against a merge. A ratio is how much more often a culprit has it than an innocent merge; the second
 * share was measured on the history of one large repository, the first is judgement.
 */
public enum EvidenceKind {
    NAMED_FILE(25, "changes a file that the failure names", true),
    NAMED_PACKAGE(6, "changes a file beside one that the failure names", true),
    SIG_DIRECTORY(3, "changes a directory of the SIG of the failing tests", true),
    DEPLOYMENT_PATHS(8, "changes how the cluster is deployed, and the runs fail in the setup", true),
    BUILD_FILES(6, "changes build files, and the runs fail in the build", true),
    PROVIDER_BUMP(12, "bumps a version, and the runs fail in the setup", true),
    DEPENDENCY_BUMP(5, "bumps a version, and the runs fail in the build", true),
    UNQUARANTINED(50, "takes tests out of quarantine in a file that the failure names", true),
    REVERTED(30, "was reverted since", false),
    NEVER_RAN(1.5, "this lane never ran on it", false),
    OWN_GREEN(0.2, "this lane passed on it before the merge", false),
    CODE_ONLY(0.3, "changes only code, but the runs fail before any test starts", false),
    QUARANTINE(0.2, "puts tests into quarantine", false),
    DOCS_ONLY(0.05, "changes only documents and owners", false),
    DEFINITION_TODAY(40, "the definition of the lane changed within a day before the first red", false),
    DEFINITION_RECENT(14, "the definition of the lane changed within three days before the first red", false);

    private final double ratio;
    private final String reason;
    private final boolean exclusive;

    EvidenceKind(double ratio, String reason, boolean exclusive) {
        this.ratio = ratio;
        this.reason = reason;
        this.exclusive = exclusive;
    }

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    double ratio() {
        return ratio;
    }

    String reason() {
        return reason;
    }

    /** Such kinds depend on each other, so only the strongest one counts. */
    boolean isExclusive() {
        return exclusive;
    }
}
