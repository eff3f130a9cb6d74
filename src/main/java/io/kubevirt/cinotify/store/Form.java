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

/** As what a content reaches a place. */
public enum Form {
    /** As it is. */
    SAY,
    /** Before its people are at work: it calls nobody yet. Of a letter: in place of the one that stands there. */
    SHOW,
    /** Calls the people of what was shown. */
    CALL,
    /** That it will be said later. */
    ANNOUNCE,
    /** That what was announced will not be said. */
    RETRACT;

    /** In lower case, as stored. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Form of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
