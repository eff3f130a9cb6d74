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
 * What a failure may be where nothing decides: both hands, each as a phrase that says whose it would be.
 *
 * @param oneHand what many share
 * @param otherHand the change itself
 */
public record Doubt(String oneHand, String otherHand) {

    /** What a message says of it. */
    public String sentence() {
        return "unclear: either " + oneHand + ", or " + otherHand;
    }

    /** The change itself, and then the lane's SIG. */
    static String change(Route lane) {
        boolean one = !lane.sig().equals(Diagnosis.NO_SIG) && !lane.sig().equals(Diagnosis.SEVERAL_SIGS);
        return "the change itself" + (one ? " (SIG " + lane.sig() + ")" : "");
    }
}
