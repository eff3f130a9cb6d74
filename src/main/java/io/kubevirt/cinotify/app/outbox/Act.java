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
package io.kubevirt.cinotify.app.outbox;

/** What is done at a place. */
enum Act {
    /** Writes a root, or what stands by itself. */
    POST,
    /** Makes the root show what is so now. */
    EDIT,
    /** Writes below the root. */
    REPLY,
    /** Only looks whether a root is there that may have been written, by its row or by one that was given up. */
    LOOK,
    /** Shows what will be said later. */
    ANNOUNCE,
    /** Shows that it will not. */
    RETRACT
}
