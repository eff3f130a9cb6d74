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
package io.kubevirt.cinotify.store;

import java.util.Locale;

/** What has become of a content at one place. */
public enum SayingState {
    /** It has not been said, for sure. */
    WAITING,
    /** Somebody is at it. */
    SENDING,
    /** It may be there: the answer was lost, or whoever was at it. */
    UNKNOWN,
    /** It is there. */
    WRITTEN,
    /** Something newer that is there tells as much. */
    REPLACED,
    /** It was over before it could be said. */
    STALE,
    /** A digest says it. */
    GATHERED,
    /** It was taken back before it was said. */
    WITHDRAWN,
    /** It will never be said. */
    DEAD;

    /** In lower case, as stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
