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
 * The door to the cluster: lists the ProwJobs in pages, then watches them (prow-contract §6). Needs get, list and watch on
 * {@code prowjobs.prow.k8s.io}.
 *
 * <p>Of Fabric8 it uses the configuration and the HTTP client, which know kubeconfigs, tokens and certificates, and not its
 * watches and informers. Those hold whole resources, pod specs included, hide why a watch was refused, reconnect in their own
 * time, and may break a letter that falls between two chunks; an informer keeps a copy of everything besides. A list and a
 * watch are little enough to do by hand: pages and lines are sieved while they stream by.
 */
@NullMarked
package io.kubevirt.cinotify.intake.prowjobs;

import org.jspecify.annotations.NullMarked;
