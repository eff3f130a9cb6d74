// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person reassigned an incident to another area or SIG.
 *
 * @param at when
 * @param by the handle of the person
 * @param incident the ID of the incident
 * @param job the job
 * @param repository org/repo; null for a job without one
 * @param rule the rule that had routed it
 * @param fromSig the SIG before
 * @param fromArea the area before
 * @param sig the SIG after
 * @param area the area after
 */
public record Reassignment(
        Instant at,
        String by,
        String incident,
        String job,
        @Nullable String repository,
        String rule,
        String fromSig,
        String fromArea,
        String sig,
        String area) {}
