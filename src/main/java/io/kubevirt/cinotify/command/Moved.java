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
public record Moved(
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
