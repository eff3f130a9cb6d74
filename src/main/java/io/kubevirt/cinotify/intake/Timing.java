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
package io.kubevirt.cinotify.intake;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a door that goes out by itself needs to wait.
 *
 * @param worker does what is to be done later
 * @param clock the one clock
 * @param random scatters the waiting, so that many plugins do not come back at the same moment
 */
public record Timing(Worker worker, InstantSource clock, RandomGenerator random) {}
