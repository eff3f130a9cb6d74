// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person said that a job's failure belonged elsewhere.
 *
 * @param at when
 * @param by the handle of the person
 * @param incident which failure
 * @param job the job
 * @param repository org/repo; null for a job without one
 * @param rule what had routed it
 * @param fromSig the SIG it was taken for
 * @param fromArea the area it was taken for
 * @param sig the SIG it belongs to
 * @param area the area it belongs to
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
