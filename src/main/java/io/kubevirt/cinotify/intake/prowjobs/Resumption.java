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
package io.kubevirt.cinotify.intake.prowjobs;

import io.kubevirt.cinotify.intake.JournalUnavailable;
import java.util.Optional;

/** Remembers over a restart how far the journal has seen the cluster. The door declares it, the store implements it. */
public interface Resumption {

    /**
     * The resource version up to which the journal has everything; empty until the first list was taken in whole.
     *
     * @throws JournalUnavailable if it cannot be read now
     */
    Optional<String> resourceVersion() throws JournalUnavailable;

    /**
     * Everything up to this version is in the journal.
     *
     * @throws JournalUnavailable if it could not be kept; the older one then still holds
     */
    void remember(String resourceVersion) throws JournalUnavailable;
}
