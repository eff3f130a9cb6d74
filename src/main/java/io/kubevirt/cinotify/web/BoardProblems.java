// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.engine.RosterSync;
import io.kubevirt.cinotify.metrics.DeliveryAccounting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;

/** What somebody should look at, as everybody may see it. */
@ApplicationScoped
public class BoardProblems {
    private final DeliveryAccounting accounting;
    private final RosterSync roster;

    BoardProblems(@Readiness DeliveryAccounting accounting, @Readiness RosterSync roster) {
        this.accounting = accounting;
        this.roster = roster;
    }

    List<String> all() {
        List<String> problems = new ArrayList<>(roster.unreadable());
        long lost = accounting.unaccounted();
        if (lost != 0) {
            problems.add(lost + " deliveries do not have exactly one outcome: report this bug with the log");
        }
        return problems;
    }
}
