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
package io.kubevirt.cinotify.intake;

/** The journal cannot keep anything now: the disk is full, the database is away. The cause goes to the log only. */
public final class JournalUnavailable extends Exception {

    /** @param message what failed, for the operator's log; the sender of the delivery never sees it */
    public JournalUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
