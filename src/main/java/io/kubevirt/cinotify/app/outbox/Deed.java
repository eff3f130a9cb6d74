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

import io.kubevirt.cinotify.notice.Receipt;

/** What became of an errand. */
sealed interface Deed {

    /** It is there. */
    record Wrote(String reference) implements Deed {}

    /** It was there already. */
    record Found(String reference) implements Deed {}

    /** It was only looked for, and is not there. */
    record Absent() implements Deed {}

    /** It was only looked for, and is not there yet; it may still come. */
    record NotYet() implements Deed {}

    /**
     * It is not there, or nobody knows.
     *
     * @param receipt anything but {@link Receipt.Written}
     * @param doubtful whether an earlier attempt may have written it
     */
    record Failed(Receipt receipt, boolean doubtful) implements Deed {}
}
