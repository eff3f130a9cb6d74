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
/**
 * How anything comes in: each door hands deliveries to the same journal, which keeps them until they have been worked on.
 *
 * <p>A door interprets nothing and decides nothing. A state of a ProwJob that a door sees is a delivery like a webhook,
 * with an identity of its own, so that the journal knows it again whichever door shows it a second time.
 */
@NullMarked
package io.kubevirt.cinotify.intake;

import org.jspecify.annotations.NullMarked;
