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

import java.time.Duration;

/**
 * The one thread on which a door that goes out by itself does its work, so that the door needs no locks. The application
 * gives each door one of its own; tests give one whose time is virtual.
 */
@FunctionalInterface
public interface Worker {

    /**
     * Does something later, never beside anything else that this worker does. Callable from any thread; returns at once.
     * After the worker has ended it does nothing.
     *
     * @param delay not negative; zero means as soon as what is under way has ended
     */
    void in(Duration delay, Runnable work);
}
