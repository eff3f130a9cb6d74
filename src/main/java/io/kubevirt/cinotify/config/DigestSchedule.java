// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.digest.GroomingLabel;
import io.kubevirt.cinotify.digest.Meeting;
import io.kubevirt.cinotify.prow.Repository;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which digests are sent.
 *
 * @param zone in which days are named
 * @param entries in order
 */
public record DigestSchedule(ZoneId zone, List<Entry> entries) {

    /** None. */
    public static final DigestSchedule NONE = new DigestSchedule(ZoneOffset.UTC, List.of());

    /** Copies the list. */
    public DigestSchedule {
        entries = List.copyOf(entries);
    }

    /** One that is sent again and again. */
    public record Entry(Subject subject, Meeting meeting, List<DigestConfig.Destination> to) {

        /** Copies the places. */
        public Entry {
            to = List.copyOf(to);
        }
    }

    /** What one is about. */
    public sealed interface Subject {

        /** The state of CI. */
        record Taskforce() implements Subject {}

        /** The open issues. */
        record Grooming(List<Repository> repositories, List<GroomingLabel> labels, String triage) implements Subject {

            /** Copies the lists. */
            public Grooming {
                repositories = List.copyOf(repositories);
                labels = List.copyOf(labels);
            }
        }

        /** The state of CI for one SIG. */
        record Sig(String sig) implements Subject {}
    }
}
