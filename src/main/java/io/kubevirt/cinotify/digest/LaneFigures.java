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
package io.kubevirt.cinotify.digest;

/**
 * How a lane has done.
 *
 * @param lane its name
 * @param sig whose its failures were, by most of them; empty if it had none
 * @param finished runs that passed or failed
 * @param red those that failed
 * @param commits commits on which it finished; runs of unknown commits are none
 * @param flaky commits on which it both passed and failed
 */
public record LaneFigures(String lane, String sig, int finished, int red, int commits, int flaky) {}
