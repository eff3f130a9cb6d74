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

/** What the journal says about a delivery that it was handed. Either way the delivery is on disk. */
public enum Acceptance {
    /** Seen for the first time; it is stored and will be worked on. */
    NEW,
    /** Its identity is known from before: a redelivery. Nothing was stored a second time. */
    KNOWN
}
