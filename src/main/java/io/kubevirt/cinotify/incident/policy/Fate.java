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
package io.kubevirt.cinotify.incident.policy;

/** What becomes of a run: each has exactly one in the end. */
public sealed interface Fate {

    /** Nothing is said because of it. */
    record Suppressed(Reason reason) implements Fate {}

    /** It led to a message; whether that is delivered, waits or is withdrawn, so is the run. */
    record Said(String message) implements Fate {}

    /** It waits for some minutes whether something larger forms; another fate follows. */
    record Held() implements Fate {}
}
