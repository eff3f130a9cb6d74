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
package io.kubevirt.cinotify.bump;

import java.time.Duration;

/**
 * What the operator has settled of bumps.
 *
 * @param classes what tells them apart
 * @param area who is told of pull requests of no class
 * @param deploymentArea who is told if a merged bump does not come into service
 * @param patience how long a failed job may be tried again, a conflict may stand, a deployment may not begin or not
 *     end, before anybody is told
 * @param suspicion for how long after its merge a bump may be the reason of what breaks
 */
public record BumpRules(
        BumpClasses classes, String area, String deploymentArea, Duration patience, Duration suspicion) {}
