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
package io.kubevirt.cinotify.notice;

import java.time.Duration;

/** A call to the other side that came to nothing, and what that means for what was to be written. */
public final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Receipt receipt;

    /** @param receipt anything but {@link Receipt.Written} */
    public Failed(Receipt receipt) {
        super(receipt.toString(), null, false, false);
        this.receipt = receipt;
    }

    /** What became of what was to be written. */
    public Receipt receipt() {
        return receipt;
    }

    /** The same for a write that done twice is done once: what may have been done is simply done again. */
    public Receipt repeatable() {
        return receipt instanceof Receipt.Unknown unknown ? new Receipt.Later(Duration.ZERO, unknown.why()) : receipt;
    }

    /** What it means for something that was looked for. */
    public Lookup lookup() {
        return switch (receipt) {
            case Receipt.Written written -> new Lookup.Found(written.reference());
            case Receipt.Later later -> new Lookup.Unclear(later.after(), later.scope(), later.why());
            case Receipt.Unknown unknown -> new Lookup.Unclear(Duration.ZERO, unknown.why());
            case Receipt.Gone gone -> new Lookup.Missing();
            case Receipt.Refused refused -> new Lookup.Unclear(SecretFile.MENDING, refused.why());
        };
    }
}
