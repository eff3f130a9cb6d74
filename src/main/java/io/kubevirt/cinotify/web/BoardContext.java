// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.web.api.StatusReader;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the board shows and changes.
 *
 * @param actions performs what people do with incidents
 * @param plugin what only the running plugin knows
 */
public record BoardContext(
        Store store,
        Supplier<Config> config,
        InstantSource clock,
        IncidentActionSink actions,
        Supplier<StatusReader.Plugin> plugin) {}
