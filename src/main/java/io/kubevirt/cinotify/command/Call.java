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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person asks for the one who is responsible: an incident that was opened by hand.
 *
 * @param key the same for the same request, so that asking twice opens one incident
 * @param title what it is about; holds outside text
 * @param diagnosis whose it is
 * @param why who asks, and with which words; holds outside text
 * @param lanes the jobs that are red, where it is about some
 * @param from where it was asked
 * @param only the handle of the member who alone is told: a rehearsal; null for whoever is responsible
 */
public record Call(
        String key,
        String title,
        Diagnosis diagnosis,
        String why,
        List<String> lanes,
        Comment from,
        @Nullable String only) {

    /** Copies the lanes. */
    public Call {
        lanes = List.copyOf(lanes);
    }
}
