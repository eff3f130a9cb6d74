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
package io.kubevirt.cinotify.incident.timeliness;

import java.util.Locale;

/** Why nothing is said of what does not run; the names are counted in metrics. */
public enum Suppression {
    /** The job does not start because nothing does: that is told, or about to be. */
    PROW_SILENT,
    /** The job does not start because its cluster does not: that is told. */
    CLUSTER_STALLED;

    /** In kebab case, as counted and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
