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
package io.kubevirt.cinotify.diagnosis;

/**
 * Where the failures of a job go.
 *
 * @param sig short name of the SIG, {@code none} or {@code multi}
 * @param area the area of the operations group
 * @param cause what a failure of it means as long as no evidence says otherwise
 * @param rule the name of the rule that said so
 * @param because the rule's reason
 * @param confidence how far to trust it
 */
public record Route(String sig, String area, Cause cause, String rule, String because, Confidence confidence) {

    /** The same way, for another cause. */
    Route withCause(Cause other) {
        return new Route(sig, area, other, rule, because, confidence);
    }
}
