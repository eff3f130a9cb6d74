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

/** A channel that also shows what will be said later, so that the night shows as much as the day. */
public interface Announcer extends Channel {

    /** Shows what will be said later, to whom and why. */
    Receipt announce(Saying saying);

    /** Shows in a line that what was announced will not be said: it is over before anybody was told. */
    Receipt retract(Saying saying);
}
