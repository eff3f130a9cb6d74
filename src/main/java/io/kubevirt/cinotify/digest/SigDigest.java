// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.ZoneId;

/** The same for the people of one SIG, without what only concerns the group. */
public final class SigDigest {

    private SigDigest() {}

    /**
     * The digest of a SIG.
     *
     * @param facts of all
     * @param zone in which days are named
     */
    public static Digest of(DigestData facts, String sig, ZoneId zone) {
        DigestData own = facts.forSig(sig);
        IncidentSections incidents = new IncidentSections(own);
        LaneSections lanes = new LaneSections(own.lanes());
        return new Digest(
                "SIG " + sig + " in CI from " + TaskforceDigest.day(facts.period(), zone),
                incidents.summary(),
                TaskforceDigest.notEmpty(incidents.open(), incidents.resolved(), lanes.noisiest(), lanes.flaky()));
    }
}
